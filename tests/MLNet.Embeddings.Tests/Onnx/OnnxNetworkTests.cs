namespace MLNet.Embeddings.Tests;

/// <summary>Each layer of a network in ONNX Runtime, beside the same in the library.</summary>
[TestClass]
public sealed class OnnxNetworkTests
{
    private const int Keys = OnnxRow.Keys;

    private static readonly ColumnShape[] Plain = [new CategoryShape(nameof(OnnxRow.Category), Keys, 3)];

    /// <summary>A network for each kind of layer.</summary>
    private static IEnumerable<(string Name, TrainedModel Model)> Models()
    {
        ColumnShape[] columns =
        [
            .. Encoders().Select(encoder => new SequenceShape(nameof(OnnxRow.Sequence), Keys, 4, encoder)),
            new BagShape(nameof(OnnxRow.Sequence), Keys, 3, BagPooling.Mean),
            new BagShape(nameof(OnnxRow.Sequence), Keys, 3, BagPooling.Sum),
            .. NumberEncoders().Select(encoder => Numbers(nameof(OnnxRow.Numbers), 3, encoder)),
            .. NumberEncoders().Select(encoder => Numbers(nameof(OnnxRow.Number), 1, encoder)),
        ];
        foreach (var column in columns) yield return ($"{column}", Network(new HeadShape([5]), [column]));

        ColumnShape[] shared =
        [
            new CategoryShape(nameof(OnnxRow.Category), Keys, 3) { SharedTable = "one" },
            new SequenceShape(nameof(OnnxRow.Sequence), Keys, 3, SequenceEncoder.Mean()) { SharedTable = "one" },
            new SequenceShape(nameof(OnnxRow.OtherSequence), Keys, 3, SequenceEncoder.Convolution([3], 2)) { SharedTable = "one" },
        ];
        yield return ("A table that a category and sequences share", Network(new HeadShape([5]), shared));

        ColumnShape[] several =
        [
            .. Plain, new SequenceShape(nameof(OnnxRow.Sequence), Keys, 5, SequenceEncoder.Max()),
            Numbers(nameof(OnnxRow.Numbers), 3, NumberEncoder.Standard()),
        ];
        foreach (var combination in Enum.GetValues<ColumnCombination>()) yield return ($"{combination}", Network(new HeadShape([4], combination), several));
        foreach (var activation in Enum.GetValues<ActivationFunction>())
            yield return ($"{activation}", Network(new HeadShape([4], Activation: activation), several));
        foreach (var normalization in Enum.GetValues<Normalization>())
        {
            yield return ($"{normalization}", Network(new HeadShape([6, 5], Normalization: normalization), several));
            yield return ($"{normalization}, ensemble", Network(new HeadShape([6, 5], Normalization: normalization, EnsembleSize: 3), several));
        }
        yield return ("No hidden layer", Network(new HeadShape([]), several));

        foreach (var label in Labels())
        {
            yield return ($"{label}", Network(new HeadShape([4]), several, label));
            yield return ($"{label}, ensemble", Network(new HeadShape([4], EnsembleSize: 2), several, label));
            yield return ($"{label}, members and wide part", Mixed(several, label));
        }
        yield return ("All labels", Network(new HeadShape([4]), several, [.. Labels()]));
        yield return ("All labels, members and wide part", Mixed(several, [.. Labels()]));
    }

    private static IEnumerable<SequenceEncoder> Encoders()
    {
        yield return SequenceEncoder.Mean();
        yield return SequenceEncoder.Sum();
        yield return SequenceEncoder.Max();
        yield return SequenceEncoder.Attention();
        yield return SequenceEncoder.Convolution([1, 2, 4], 3);
        yield return SequenceEncoder.Convolution([5], 2);
        foreach (var readout in Enum.GetValues<GruReadout>())
        {
            foreach (bool bidirectional in new[] { false, true })
            {
                yield return SequenceEncoder.Gru(3, layers: 2, bidirectional, readout: readout);
                yield return SequenceEncoder.Lstm(3, layers: 1, bidirectional, readout: readout);
            }
        }
    }

    private static IEnumerable<NumberEncoder> NumberEncoders() =>
        [NumberEncoder.Standard(), NumberEncoder.Quantile(), NumberEncoder.PiecewiseLinear(dimensions: 3), NumberEncoder.Periodic(3, 4, 1)];

    private static IEnumerable<LabelShape> Labels() =>
    [
        new BinaryLabelShape("Binary"), new BinaryLabelShape("Yes", new ClassValues(ClassKind.String, ["no", "yes"])) { Threshold = 0.3 },
        new MulticlassLabelShape("Classes", 3, new ClassValues(ClassKind.String, ["a", "b", "ü"])), new MulticlassLabelShape("Keys", 3, null),
        new MulticlassLabelShape("Whole", 2, new ClassValues(ClassKind.Int32, ["-5", "7"])),
        new MulticlassLabelShape("Real", 2, new ClassValues(ClassKind.Single, ["0.5", "2"])),
        new MulticlassLabelShape("Truth", 2, new ClassValues(ClassKind.Boolean, ["False", "True"])),
        new SetLabelShape("Set", 3, new ClassValues(ClassKind.String, ["x", "y", "z"])), new SetLabelShape("KeySet", 3, null),
        new RegressionLabelShape("Amount", 1_000, 200),
    ];

    public static IEnumerable<object[]> Cases() => Models().Select((model, index) => new object[] { index, model.Name });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void SaveOnnx_OfKeysAndNumbers_ScoresAsTheModel(int index, string name)
    {
        var model = Models().ElementAt(index).Model;

        string? problem = OnnxModels.Problem(new MultiEmbeddingTransformer([], model, Networks.History), OnnxRow.Random(40));

        Assert.IsNull(problem, $"{name}: {problem}");
    }

    [TestMethod]
    public void SaveOnnx_EveryKindOfLayer_IsTried()
    {
        object[] tried =
        [
            .. Models().SelectMany(model => model.Model.Shape.Columns.Cast<object>().Concat(model.Model.Shape.Labels)
                .Concat(model.Model.Wide?.Shape.Columns ?? [])),
            .. Encoders(), .. NumberEncoders(),
        ];
        var kinds = tried.Select(one => one.GetType()).ToHashSet();
        Type[] families = [typeof(ColumnShape), typeof(LabelShape), typeof(WideColumn), typeof(SequenceEncoder), typeof(NumberEncoder)];

        var missing = typeof(ColumnShape).Assembly.GetTypes().Where(type => !type.IsAbstract && families.Any(type.IsSubclassOf) && !kinds.Contains(type));

        Assert.AreEqual("", string.Join(", ", missing.Select(type => type.Name)));
    }

    private static NumberShape Numbers(string name, int size, NumberEncoder encoder)
    {
        int[] counts = encoder.Scaling == NumberScaling.Standard ? [] : [.. Enumerable.Range(3, size)];
        return new NumberShape(name, size, MissingIndicator: true, encoder, counts);
    }

    private static TrainedModel Network(HeadShape head, ColumnShape[] columns, params LabelShape[] labels) => new(Random(2, head, columns, labels));

    private static TrainedNetwork Random(int seed, HeadShape head, ColumnShape[] columns, LabelShape[] labels) =>
        Networks.Random(seed, new NetworkShape(columns, head, labels.Length == 0 ? Networks.Labels : labels, NamesLabels: labels.Length > 1));

    private static TrainedModel Mixed(ColumnShape[] columns, params LabelShape[] labels)
    {
        TrainedNetwork[] networks = [.. Enumerable.Range(3, 3).Select(seed => Random(seed, new HeadShape([4]), columns, labels))];
        var shape = new WideShape(
        [
            new WideTerms(nameof(OnnxRow.Sequence), Keys, KeptKeys: 5), new WideCategory(nameof(OnnxRow.Category), Keys, KeptKeys: 5),
            new WideCategory(nameof(OnnxRow.OtherCategory), Keys), new WideNumbers(nameof(OnnxRow.Numbers), [2, 1, 4], HasMissing: true),
            new WideCross("cross", 1, 2, PairCount: 3),
        ], networks[0].Shape.Outputs);
        var random = new Random(4);
        var weights = shape.Weights().ToDictionary(weight => weight.Name, weight => new WeightArray(
            weight.Extents, [.. Enumerable.Range(0, weight.Extents.Aggregate(1, (product, extent) => product * extent)).Select(_ => random.NextSingle())]));
        var numbers = shape.Columns.OfType<WideNumbers>().Single();
        float[] knots = [-1, 1, 0, -1, 0, 0.5f, 1];
        weights[numbers.Knots] = WeightArray.Vector(knots);
        weights[shape.Columns.OfType<WideCross>().Single().Pairs] = WeightArray.Matrix(3, 2, [0, 1, 2, 2, 2, 7]);
        var wide = new TrainedWide(shape, weights);
        Assert.IsNull(wide.Mismatch());
        return new TrainedModel(networks, wide, [.. networks[0].Shape.Labels.Select((_, i) => new MixtureWeights(0.5f + i, 0.7f))]);
    }
}
