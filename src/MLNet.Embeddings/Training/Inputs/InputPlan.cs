using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings;

/// <summary>How the columns of a view are read: what makes keys of raw ones, and what is read behind that.</summary>
/// <param name="Steps">What makes keys of raw columns, in order; their columns are seen by nobody else.</param>
/// <param name="Columns">What networks read.</param>
/// <param name="WideColumns">What the wide part reads; empty without one.</param>
internal sealed record InputPlan(
    IReadOnlyList<RowMappingTransformer> Steps, IReadOnlyList<InputColumn> Columns, IReadOnlyList<InputColumn> WideColumns)
{
    /// <summary>All columns that are read of each row: those of networks, then those of the wide part.</summary>
    internal IReadOnlyList<InputColumn> All => [.. Columns, .. WideColumns];

    /// <summary>The steps as the model has them, which tell the log of the context, and no longer that of the fit, what they cannot read.</summary>
    internal IReadOnlyList<RowMappingTransformer> StepsIn(IHostEnvironment environment) =>
        [.. Steps.Select(step => step is DatePartsTransformer dates ? new DatePartsTransformer(dates.Shape, ScoringLog.Of(environment)) : step)];

    /// <summary>What the raw columns are like: each by the first column that networks read of it.</summary>
    /// <param name="count">Counts a column that networks read.</param>
    internal IReadOnlyList<ColumnStatistics> Describe(Func<int, ColumnTally> count)
    {
        var firsts = Columns.Index().DistinctBy(column => SourceColumn.Of(column.Item.Name, Steps).Name).ToArray();
        return [.. firsts.AsParallel().AsOrdered().Select(column => count(column.Index).ToStatistics(SourceColumn.Of(column.Item.Name, Steps).Name))];
    }

    /// <summary>The view with the columns of the steps.</summary>
    internal IDataView Apply(IDataView view) => Steps.Aggregate(view, (data, step) => step.Transform(data));
}
