namespace MLNet.Embeddings;

/// <summary>Cuts batches of rows out of a training table, without copying the table.</summary>
internal sealed class Batcher(TrainingTable table, IReadOnlyList<NumberScale?> scales)
{
    private readonly ColumnBatcher[] _columns = [.. table.Columns.Select((column, i) => column switch
    {
        CategoryData data => new CategoryBatcher(data),
        SequenceData data => new SequenceBatcher(data),
        NumberData data => (ColumnBatcher)new NumberBatcher(data, scales[i]!),
        _ => throw new System.Diagnostics.UnreachableException(column.GetType().Name),
    })];

    /// <summary>The given rows as a batch.</summary>
    internal RowBatch Cut(ReadOnlySpan<int> rows, UnknownDropout unknown)
    {
        var columns = new ColumnBatch[_columns.Length];
        for (int i = 0; i < columns.Length; i++) columns[i] = _columns[i].Cut(rows, unknown);

        float[] labels = new float[rows.Length], weights = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            labels[i] = table.Labels[rows[i]];
            weights[i] = table.Weights[rows[i]];
        }
        return new RowBatch(columns, labels, weights);
    }
}
