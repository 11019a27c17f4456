namespace MLNet.Embeddings;

/// <summary>Where a column comes from that a network or a wide part reads.</summary>
/// <param name="Name">Name of the raw column; of the column itself where no step of the model makes it.</param>
/// <param name="Text">The step that cuts its texts; null for others.</param>
internal sealed record SourceColumn(string Name, TokenIndexingTransformer? Text)
{
    /// <summary>The source of a column behind the steps of a model.</summary>
    internal static SourceColumn Of(string column, IReadOnlyList<RowMappingTransformer> steps)
    {
        foreach (var step in steps)
        {
            switch (step)
            {
                case TokenIndexingTransformer tokens when Find(tokens.Shape, column) is { } name: return new SourceColumn(name, tokens);
                case CategoryIndexingTransformer categories when Find(categories.Shape, column) is { } name: return new SourceColumn(name, null);
                case DatePartsTransformer { Shape: var dates } when column == dates.TimeColumn || dates.Parts.Any(part => dates.PartColumn(part) == column):
                    return new SourceColumn(dates.InputColumnName, null);
            }
        }
        return new SourceColumn(column, null);
    }

    private static string? Find(IndexingShape shape, string column) => shape.Columns.FirstOrDefault(one => one.OutputColumnName == column)?.InputColumnName;
}
