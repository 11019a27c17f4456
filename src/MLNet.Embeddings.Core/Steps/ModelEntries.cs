namespace MLNet.Embeddings;

/// <summary>The entries of a model file that hold a whole model: its steps, networks and wide part.</summary>
internal static class ModelEntries
{
    /// <summary>The name of this kind of transformer in model files.</summary>
    internal const string Kind = "MultiEmbedding";

    /// <summary>Writes a model.</summary>
    internal static void Write(EntryWriter entries, TrainedModel model, IReadOnlyList<FittedStep> steps, TrainingHistory history)
    {
        foreach (var (i, step) in steps.Index()) step.Write(entries.Part(StepName(i)));
        foreach (var (i, network) in model.Networks.Index()) entries.Write(WeightsName(i), stream => SafeTensors.Write(stream, network.Weights));
        if (model.Wide is { } wide) entries.Write(WideName, stream => SafeTensors.Write(stream, wide.Weights));
        bool isPlain = steps.Count == 0 && model is { Networks.Count: 1, Wide: null };
        bool hasDoubles = model.Networks.SelectMany(network => network.Shape.Columns).Any(column => column is NumberShape { IsDouble: true })
            || model.Wide?.Shape.Columns.Any(column => column is WideNumbers { IsDouble: true }) == true;
        bool hasThreshold = model.Shape.Labels.Any(label => label is BinaryLabelShape { Threshold: not null });
        var saved = new SavedNetwork(model.Shape, history)
        {
            Steps = steps.Count,
            Members = model.Networks.Count,
            Wide = model.Wide?.Shape,
            Mixture = model.Mixture,
        };
        entries.WriteShape(Kind, saved, NetworkJson.Default.SavedNetwork, format: hasDoubles || hasThreshold ? 3 : isPlain ? 1 : 2);
    }

    /// <summary>Reads a model, but for its history.</summary>
    /// <exception cref="FormatException">The entries are damaged, or hold what is no model.</exception>
    internal static (TrainedModel Model, IReadOnlyList<FittedStep> Steps) Read(EntryReader entries)
    {
        var (shape, members, stepCount) = entries.ReadShape(json =>
            (NetworkReading.Network(json.Get("network")), json.OptionalInteger("members") ?? 1, json.OptionalInteger("steps") ?? 0));
        var wideShape = entries.ReadShape(json => json.Optional("wide") is { } wide ? NetworkReading.Wide(wide) : null);
        MixtureWeights[] mixture = entries.ReadShape(json => json.Optional("mixture") is null ? [] : json.List("mixture", NetworkReading.Mixture));
        if (Faults().FirstOrDefault() is { } fault) throw EntryReader.Damaged(ShapeDocument.EntryName, fault);

        var networks = new TrainedNetwork[members];
        for (int i = 0; i < members; i++) networks[i] = Sound(WeightsName(i), new TrainedNetwork(shape, Arrays(entries, WeightsName(i))));
        var trainedWide = wideShape is null ? null : Sound(WideName, new TrainedWide(wideShape, Arrays(entries, WideName)));
        List<FittedStep> steps = [];
        while (steps.Count < stepCount) steps.Add(StepOf(entries.Part(StepName(steps.Count))));
        return (new TrainedModel(networks, trainedWide, mixture), steps);

        // Each of the later ones takes it that there are none of those before.
        IEnumerable<string> Faults()
        {
            foreach (string one in shape.Faults().Concat(wideShape?.Faults() ?? [])) yield return one;
            if (members is < 1 or > TrainedModel.MostNetworks) yield return $"It has {members} networks.";
            if (stepCount < 0) yield return $"It has {stepCount} steps.";
            if (wideShape is null) yield break;
            if (wideShape.Outputs != shape.Outputs) yield return $"Its wide part has {wideShape.Outputs} outputs and its networks {shape.Outputs}.";
            if (mixture.Length != shape.Labels.Count) yield return $"It has {mixture.Length} mixture weights for {shape.Labels.Count} labels.";
        }
    }

    private const string WideName = $"wide.{SafeTensors.EntryName}";

    private static string StepName(int index) => $"steps.{index}";

    private static string WeightsName(int member) => member == 0 ? SafeTensors.EntryName : $"{member}.{SafeTensors.EntryName}";

    private static IReadOnlyDictionary<string, WeightArray> Arrays(EntryReader entries, string name) => entries.Read(name, SafeTensors.Read);

    private static T Sound<T>(string name, T arrays) where T : TrainedArrays =>
        arrays.Mismatch() is { } mismatch ? throw EntryReader.Damaged(name, mismatch) : arrays;

    private static FittedStep StepOf(EntryReader entries) =>
        FittedStep.Read(entries) ?? throw EntryReader.Damaged(ShapeDocument.EntryName, $"The kind of step '{entries.Kind}' is not known.");
}
