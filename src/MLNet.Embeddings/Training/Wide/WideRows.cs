namespace MLNet.Embeddings;

/// <summary>The features of the wide part for all rows of a table, in memory: those of a row one after the other.</summary>
internal sealed class WideRows
{
    private readonly long[] _starts;
    private readonly int[] _features;
    private readonly float[] _values;

    private WideRows(long[] starts, int[] features, float[] values) => (_starts, _features, _values) = (starts, features, values);

    /// <summary>Number of features of all rows that are not zero.</summary>
    internal long Count => _starts[^1];

    /// <summary>Numbers of a row's features.</summary>
    internal ReadOnlySpan<int> FeaturesOf(int row) => _features.AsSpan((int)_starts[row], CountOf(row));

    /// <summary>Their values.</summary>
    internal ReadOnlySpan<float> ValuesOf(int row) => _values.AsSpan((int)_starts[row], CountOf(row));

    /// <summary>Makes the features of all rows of a table.</summary>
    /// <param name="table">The columns of the wide part.</param>
    /// <param name="scales">Their scales, by position; null for columns that are no numbers.</param>
    /// <param name="columns">What makes their features.</param>
    /// <param name="pass">The pass over the rows.</param>
    internal static WideRows Of(TrainingTable table, IReadOnlyList<NumberScale?> scales, IReadOnlyList<WideFeatures> columns, RowPass pass)
    {
        const int RowsAtOnce = 1_024;
        var batcher = new Batcher(table, scales);
        long[] starts = new long[table.RowCount + 1];
        ColumnBuffer<int> features = new(0, "features of the wide part in all rows");
        ColumnBuffer<float> values = new(0, "features of the wide part in all rows");
        var row = new SparseRow();
        for (int first = 0; first < table.RowCount; first += RowsAtOnce)
        {
            int[] rows = [.. Enumerable.Range(first, Math.Min(RowsAtOnce, table.RowCount - first))];
            var batch = batcher.Cut(rows, UnknownDropout.None);
            foreach (var column in columns) column.Begin(batch.Columns, 0);
            for (int i = 0; i < rows.Length; i++)
            {
                pass.Next();
                row.Clear();
                foreach (var column in columns) column.Add(batch.Columns, i, row);
                features.AddRange(row.Features);
                values.AddRange(row.Values);
                starts[first + i + 1] = features.Count;
            }
        }
        return new WideRows(starts, features.Take(), values.Take());
    }

    private int CountOf(int row) => (int)(_starts[row + 1] - _starts[row]);
}
