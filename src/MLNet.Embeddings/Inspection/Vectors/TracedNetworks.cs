using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Networks of a pipeline by the names that a user knows their columns by.</summary>
/// <param name="model">The step that holds them.</param>
/// <param name="front">The steps in front of it.</param>
internal sealed class TracedNetworks(INetworkModel model, IReadOnlyList<ITransformer> front)
{
    private readonly StepTrace _trace = new([.. front, .. model.Steps]);

    /// <summary>The step that holds them.</summary>
    internal INetworkModel Model => model;

    /// <summary>The columns behind all steps, their own included.</summary>
    internal DataViewSchema Schema => _trace.Schema;

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

    /// <summary>The networks' columns that a column is, or that are made of it alone.</summary>
    internal IReadOnlyList<(string Name, ColumnShape Shape)> Find(string column) =>
        [.. model.Columns.Where(one => one.Name == column || _trace.SourcesOf(one.Name) is { Count: 1 } sources && sources.Contains(column))];

    /// <summary>The names that <see cref="Find"/> knows.</summary>
    internal IEnumerable<string> Names =>
        model.Columns.Select(column => _trace.SourcesOf(column.Name) is { Count: 1 } sources ? sources.Single() : column.Name).Distinct();

    /// <summary>The steps in front that the networks' columns are made by.</summary>
    internal IReadOnlyList<ITransformer> FrontOf(IEnumerable<string> columns) => [.. _trace.StepsOf(columns).Where(front.Contains)];

    /// <summary>The networks' own steps that their columns are made by.</summary>
    internal IReadOnlyList<RowMappingTransformer> OwnOf(IEnumerable<string> columns)
    {
        var made = _trace.StepsOf(columns);
        return [.. model.Steps.Where(made.Contains)];
    }
}
