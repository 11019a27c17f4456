namespace MLNet.Embeddings;

/// <summary>Rows of one table that stays in memory.</summary>
internal sealed class TableRows(TrainingTable table, int[] rows) : RowSource(
    table.Columns, [.. table.Columns.Select(column => NumberStatistics.Measure(column, table.LabelValues, rows))], rows.Length)
{
    internal override IEnumerable<TrainingTable> Kept => [table];

    internal override long[] CountKeys(int column)
    {
        var data = (TermData)table.Columns[column];
        long[] counts = new long[data.KeyCount + 1];
        data.CountKeys(rows, counts);
        return counts;
    }

    internal override IEnumerable<(TrainingTable Table, int[] Rows)> Tables(SplitMix random) => [(table, rows)];
}
