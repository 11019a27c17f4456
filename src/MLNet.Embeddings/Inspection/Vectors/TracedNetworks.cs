using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Networks of a pipeline by the names that a user knows their columns by.</summary>
/// <param name="model">The step that holds them.</param>
/// <param name="front">The steps in front of it.</param>
internal sealed class TracedNetworks(INetworkModel model, IReadOnlyList<ITransformer> front)
{
    // Only the networks that are asked for are traced: there may be many, with many steps.
    private readonly Lazy<StepTrace> _front = new(() => new StepTrace(front));
    private readonly Lazy<Dictionary<string, SourceColumn>> _own = new(() => SourceColumn.All(model.Steps));

    /// <summary>The step that holds them.</summary>
    internal INetworkModel Model => model;

    /// <summary>All steps, their own included.</summary>
    internal IEnumerable<ITransformer> Steps => front.Concat(model.Steps);

    /// <summary>Those of a pipeline, the last first.</summary>
    /// <param name="steps">Its steps, none of which is a chain.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    internal static IReadOnlyList<TracedNetworks> Of(IReadOnlyList<ITransformer> steps)
    {
        TracedNetworks[] all =
        [
            .. from step in steps.Index().Reverse()
               let model = step.Item is FeaturesTransformer features ? features.Model : step.Item as INetworkModel
               where model is not null
               select new TracedNetworks(model, [.. steps.Take(step.Index)]),
        ];
        return all.Length > 0 ? all : throw new ArgumentException(
            "The model has no network of this library: vectors come from a MultiEmbeddingTransformer or a SequenceToSequenceTransformer. Give a model that " +
            $"has one; this has {string.Join(", ", steps.Select(step => step.GetType().Name))}.");
    }

    /// <summary>A column as it stands behind all steps, their own included; null where only the data has it.</summary>
    internal DataViewSchema.Column? Behind(string column) =>
        (_own.Value.TryGetValue(column, out var own) ? new StepTrace([own.Step!]) : _front.Value).Schema.GetColumnOrNull(column);

    /// <summary>The networks' columns that a column is, or that are made of it alone.</summary>
    internal IReadOnlyList<(string Name, ColumnShape Shape)> Find(string column) =>
        [.. model.Columns.Where(one => one.Name == column || OnlySourceOf(one.Name) == column)];

    /// <summary>The names that <see cref="Find"/> knows.</summary>
    internal IEnumerable<string> Names => model.Columns.Select(column => OnlySourceOf(column.Name) ?? column.Name).Distinct();

    /// <summary>The steps in front that the networks' columns are made by, and whether these ask for other columns of the data as well.</summary>
    internal (IReadOnlyList<ITransformer> Steps, bool AskForMore) FrontOf(IEnumerable<string> columns)
    {
        string[] raw = [.. columns.Select(RawOf)];
        return (_front.Value.StepsOf(raw), _front.Value.AskForMore(raw));
    }

    /// <summary>The networks' own steps that their columns are made by.</summary>
    internal IReadOnlyList<RowMappingTransformer> OwnOf(IEnumerable<string> columns)
    {
        var made = columns.Select(column => _own.Value.GetValueOrDefault(column)?.Step).ToHashSet();
        return [.. model.Steps.Where(made.Contains)];
    }

    private string RawOf(string column) => _own.Value.GetValueOrDefault(column)?.Name ?? column;

    private string? OnlySourceOf(string column) => _front.Value.SourcesOf(RawOf(column)) is { Count: 1 } sources ? sources.Single() : null;
}
