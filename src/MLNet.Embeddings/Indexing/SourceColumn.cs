namespace MLNet.Embeddings;

/// <summary>Where a column comes from that a network or a wide part reads.</summary>
/// <param name="Name">Name of the raw column; of the column itself where no step of the model makes it.</param>
/// <param name="Step">The step that makes it; null where none does.</param>
internal sealed record SourceColumn(string Name, RowMappingTransformer? Step)
{
    /// <summary>The step that cuts its texts; null for others.</summary>
    internal TokenIndexingTransformer? Text => Step as TokenIndexingTransformer;

    /// <summary>The source of a column behind the steps of a model.</summary>
    internal static SourceColumn Of(string column, IReadOnlyList<RowMappingTransformer> steps) =>
        steps.SelectMany(MadeBy).FirstOrDefault(made => made.Column == column).Source ?? new SourceColumn(column, null);

    /// <summary>The sources of all columns that the steps of a model make, by the columns' names.</summary>
    internal static Dictionary<string, SourceColumn> All(IReadOnlyList<RowMappingTransformer> steps) =>
        steps.SelectMany(MadeBy).DistinctBy(made => made.Column).ToDictionary(made => made.Column, made => made.Source);

    private static IEnumerable<(string Column, SourceColumn Source)> MadeBy(RowMappingTransformer step) =>
        step.Fitted()?.Columns.Select(column => (column.Output, new SourceColumn(column.Input, step))) ?? [];
}
