namespace MLNet.Embeddings;

/// <summary>Cuts batches of rows out of a training table, without copying the table.</summary>
internal sealed class Batcher
{
    private readonly TrainingTable _table;
    private readonly ColumnBatcher[] _columns;

    /// <summary>One index per table of the network, with the columns that are looked up there.</summary>
    private readonly (TermIndex Index, int[] Columns)[] _indices;

    /// <param name="table">The rows.</param>
    /// <param name="scales">How the columns' numbers are scaled; null for other columns.</param>
    internal Batcher(TrainingTable table, IReadOnlyList<NumberScale?> scales)
    {
        _table = table;
        _columns = new ColumnBatcher[table.Columns.Count];
        _indices = [.. table.Columns.Index().Where(column => column.Item is TermData)
            .GroupBy(column => (object?)((TermData)column.Item).SharedTable ?? column.Item)
            .Select(columns => (new TermIndex(((TermData)columns.First().Item).KeyCount), columns.Select(column => column.Index).ToArray()))];
        foreach (var (index, columns) in _indices)
        {
            foreach (int i in columns) _columns[i] = table.Columns[i] is CategoryData data ? new CategoryBatcher(data, index) : new SequenceBatcher((SequenceData)table.Columns[i], index);
        }
        for (int i = 0; i < _columns.Length; i++) _columns[i] ??= new NumberBatcher((NumberData)table.Columns[i], scales[i]!);
    }

    /// <summary>The given rows as a batch.</summary>
    internal RowBatch Cut(ReadOnlySpan<int> rows, UnknownDropout unknown)
    {
        var columns = new ColumnBatch[_columns.Length];
        for (int i = 0; i < columns.Length; i++) columns[i] = _columns[i].Cut(rows, unknown);
        foreach (var (index, readers) in _indices)
        {
            int[] terms = index.TakeTerms();
            foreach (int i in readers) columns[i] = (TermBatch)columns[i] with { Terms = terms };
        }

        float[][] labels = new float[_table.Labels.Count][];
        for (int i = 0; i < labels.Length; i++) labels[i] = Pick(_table.Labels[i], rows);
        return new RowBatch(columns, labels, Pick(_table.Weights, rows));
    }

    private static float[] Pick(float[] values, ReadOnlySpan<int> rows)
    {
        float[] picked = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++) picked[i] = values[rows[i]];
        return picked;
    }
}
