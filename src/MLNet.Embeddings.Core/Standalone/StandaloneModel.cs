namespace MLNet.Embeddings;

/// <summary>A model with the steps before it, made ready to score. Any number of threads may use it at once.</summary>
internal sealed class StandaloneModel
{
    private readonly TrainedModel _model;
    private readonly TrainedParameters[] _parameters;

    private StandaloneModel(TrainedModel model, FittedStep[] steps)
    {
        (_model, Steps) = (model, steps);
        _parameters = [.. model.Networks.Select(network => new TrainedParameters(network))];
        (Inputs, WideInputs, Columns) = (ReadColumn.OfNetworks(model), ReadColumn.OfWide(model), [.. RawColumn.Of(model.Shape, steps)]);
        Labels = LabelResults.Of(model.Shape);
    }

    /// <summary>What makes keys and numbers of raw columns, in order.</summary>
    internal FittedStep[] Steps { get; }

    /// <summary>The raw columns.</summary>
    internal RawColumn[] Columns { get; }

    /// <summary>What the networks read.</summary>
    internal ReadColumn[] Inputs { get; }

    /// <summary>What the wide part reads; empty without one.</summary>
    internal ReadColumn[] WideInputs { get; }

    /// <summary>What the outputs are given out as, in order.</summary>
    internal LabelResults[] Labels { get; }

    /// <summary>The networks and the wide part, for one thread.</summary>
    internal ModelNetwork Open() => new(_model, _parameters, threads: 1);

    /// <summary>Reads the transformers of a file: a model, and steps that make columns for it before.</summary>
    /// <exception cref="FormatException">They are damaged.</exception>
    /// <exception cref="NotSupportedException">There is another transformer, or no model.</exception>
    internal static StandaloneModel Read(IEnumerable<EntryReader> transformers)
    {
        List<FittedStep> steps = [];
        TrainedModel? model = null;
        foreach (var entries in transformers)
        {
            if (entries.Kind == ModelEntries.Kind)
            {
                if (model is not null) throw Unsupported("has several trained models, one after the other");
                (model, var ownSteps) = ModelEntries.Read(entries);
                steps.AddRange(ownSteps);
            }
            else if (FittedStep.Read(entries) is not { } step) throw Unsupported($"has a step of the kind {entries.Kind}");
            // What stands behind the model gives no scores.
            else if (model is null) steps.Add(step);
        }
        if (model is null) throw Unsupported("has no trained network over columns");
        var made = new HashSet<string>();
        foreach (var step in steps)
        {
            if (step.Columns.FirstOrDefault(column => made.Contains(column.Input)) is { Input: { } twice })
                throw Unsupported($"has a step that reads column '{twice}', which another step makes");
            made.UnionWith(step.Columns.Select(column => column.Output));
        }
        return new StandaloneModel(model, [.. steps]);
    }

    private static NotSupportedException Unsupported(string what) => new(
        $"The file {what}; without ML.NET it can be scored where it is one model of MLNet.Embeddings, with IndexTokens and IndexCategories before it or " +
        "nothing else. Save such a model alone, or load the file with mlContext.Model.Load and the package MLNet.Embeddings.");
}
