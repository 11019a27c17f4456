using System.Text.Json;

namespace MLNet.Embeddings;

/// <summary>Reads the form of a network as <see cref="NetworkJson"/> writes it: see <see cref="JsonReading"/> for why it does not read it as well.</summary>
internal static class NetworkReading
{
    /// <exception cref="JsonException">The JSON is no form of a network.</exception>
    internal static NetworkShape Network(JsonElement json)
    {
        var head = json.Get("head");
        return new NetworkShape(
            json.List("columns", Column),
            new HeadShape(
                head.Integers("hiddenUnits"),
                head.Optional("combination") is null ? ColumnCombination.Concatenate : head.Choice<ColumnCombination>("combination"),
                head.Optional("activation") is null ? ActivationFunction.Relu : head.Choice<ActivationFunction>("activation"),
                head.Optional("normalization") is null ? Normalization.None : head.Choice<Normalization>("normalization"),
                head.OptionalInteger("ensembleSize") ?? 1),
            json.List("labels", Label),
            json.OptionalFlag("namesLabels"));
    }

    /// <summary>The wide part of a model.</summary>
    internal static WideShape Wide(JsonElement json) => new(json.List("columns", WideColumn), json.Integer("outputs"));

    /// <summary>The weights of a mixture.</summary>
    internal static MixtureWeights Mixture(JsonElement json) => new((float)json.Number("networks"), (float)json.Number("wide"));

    /// <summary>An encoder of sequences.</summary>
    internal static SequenceEncoder Encoder(JsonElement json) => json.Text("kind") switch
    {
        "gru" => new GruEncoder(
            json.Integer("units"), json.Integer("layers"), json.Flag("bidirectional"), json.Number("dropout"), json.Choice<GruReadout>("readout")),
        "lstm" => new LstmEncoder(
            json.Integer("units"), json.Integer("layers"), json.Flag("bidirectional"), json.Number("dropout"), json.Choice<GruReadout>("readout")),
        "convolution" => new ConvolutionEncoder(json.Integers("widths"), json.Integer("filters")),
        "pooling" => new PoolingEncoder(json.Choice<SequencePooling>("pooling")),
        var kind => throw Unknown(kind),
    };

    /// <summary>A sequence column.</summary>
    internal static SequenceShape Sequence(JsonElement json) => new(
        json.Text("name"), json.Integer("keyCount"), json.Integer("dimensions"), Encoder(json.Get("encoder")))
    {
        SharedTable = json.OptionalText("sharedTable"),
        Terms = json.OptionalText("terms"),
    };

    // A list that holds null is refused with the form's other faults.
    private static ColumnShape Column(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Null) return null!;
        string name = json.Text("name");
        string? table = json.OptionalText("sharedTable"), terms = json.OptionalText("terms");
        return json.Text("kind") switch
        {
            "category" => new CategoryShape(name, json.Integer("keyCount"), json.Integer("dimensions")) { SharedTable = table, Terms = terms },
            "sequence" => Sequence(json),
            "bag" => new BagShape(name, json.Integer("keyCount"), json.Integer("dimensions"), json.Choice<BagPooling>("pooling"))
            {
                SharedTable = table,
                Terms = terms,
            },
            "number" =>
                new NumberShape(name, json.Integer("size"), json.Flag("missingIndicator"), NumberEncoder(json.Get("encoder")), json.Integers("knotCounts"))
                {
                    IsDouble = json.OptionalFlag("isDouble"),
                },
            var kind => throw Unknown(kind),
        };
    }

    private static WideColumn WideColumn(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Null) return null!;
        string name = json.Text("name");
        return json.Text("kind") switch
        {
            "terms" => new WideTerms(name, json.Integer("keyCount"), json.Integer("keptKeys")),
            "category" => new WideCategory(name, json.Integer("keyCount"), json.Integer("keptKeys")),
            "cross" => new WideCross(name, json.Integer("first"), json.Integer("second"), json.Integer("pairCount")),
            "numbers" => new WideNumbers(name, json.Integers("knotCounts"), json.Flag("hasMissing")) { IsDouble = json.OptionalFlag("isDouble") },
            var kind => throw Unknown(kind),
        };
    }

    private static NumberEncoder NumberEncoder(JsonElement json) => json.Text("kind") switch
    {
        "standard" => new StandardEncoder(),
        "quantile" => new QuantileEncoder(),
        "piecewiseLinear" => new PiecewiseLinearEncoder(json.OptionalInteger("bins"), json.Integer("dimensions"), json.Choice<NumberBinning>("binning")),
        "periodic" => new PeriodicEncoder(json.Integer("dimensions"), json.Integer("frequencies"), json.Number("deviation")),
        var kind => throw Unknown(kind),
    };

    private static LabelShape Label(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Null) return null!;
        string name = json.Text("name");
        return json.Text("kind") switch
        {
            "binary" => new BinaryLabelShape(name, OptionalClasses(json)) { Threshold = json.Optional("threshold") is null ? null : json.Number("threshold") },
            "multiclass" => new MulticlassLabelShape(name, json.Integer("classCount"), OptionalClasses(json)),
            "set" => new SetLabelShape(name, json.Integer("classCount"), OptionalClasses(json)),
            "regression" => new RegressionLabelShape(name, json.Number("mean"), (float)json.Number("deviation")),
            var kind => throw Unknown(kind),
        };
    }

    private static ClassValues? OptionalClasses(JsonElement json) => json.Optional("classes") is { } classes ? Classes(classes) : null;

    // A text that is null is refused with the form's other faults.
    private static ClassValues Classes(JsonElement json) => new(json.Choice<ClassKind>("kind"), json.List("texts", text => text.GetString()!));

    private static JsonException Unknown(string kind) => new($"The kind '{kind}' is not known.");
}
