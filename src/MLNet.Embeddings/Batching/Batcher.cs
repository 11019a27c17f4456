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

        float[][] labels = new float[table.Labels.Count][];
        for (int i = 0; i < labels.Length; i++) labels[i] = Pick(table.Labels[i], rows);
        return new RowBatch(columns, labels, Pick(table.Weights, rows));
    }

    private static float[] Pick(float[] values, ReadOnlySpan<int> rows)
    {
        float[] picked = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++) picked[i] = values[rows[i]];
        return picked;
    }
}
