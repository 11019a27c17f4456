namespace MLNet.Embeddings;

/// <summary>The rows that a fit trains on, in tables that are in memory one after the other.</summary>
/// <param name="columns">The columns of one of the tables.</param>
/// <param name="scales">Scale of each number column over all rows, by position; null for other columns.</param>
/// <param name="count">Number of rows.</param>
internal abstract class RowSource(IReadOnlyList<ColumnData> columns, IReadOnlyList<NumberScale?> scales, int count)
{
    internal IReadOnlyList<ColumnData> Columns => columns;

    internal IReadOnlyList<NumberScale?> Scales { get; private set; } = scales;

    internal int Count => count;

    /// <summary>Uses other scales than those of the rows.</summary>
    internal void Use(IReadOnlyList<NumberScale?> others) => Scales = others;

    /// <summary>Rows that are in memory together, but for the last ones.</summary>
    internal virtual int RowsPerTable => Math.Max(1, count);

    /// <summary>The tables that stay in memory from epoch to epoch.</summary>
    internal abstract IEnumerable<TrainingTable> Kept { get; }

    /// <summary>How often each key of a column occurs in the rows, that of missing values left out.</summary>
    /// <param name="column">Number of a column whose table begins with pretrained vectors.</param>
    internal abstract long[] CountKeys(int column);

    /// <summary>Number of batches of an epoch.</summary>
    internal int BatchCount(int batchSize) => count / RowsPerTable * Batches(RowsPerTable, batchSize) + Batches(count % RowsPerTable, batchSize);

    /// <summary>The tables of one epoch, each with the rows of it to train on.</summary>
    /// <param name="random">Source of the order of the rows, where there is a choice.</param>
    internal abstract IEnumerable<(TrainingTable Table, int[] Rows)> Tables(SplitMix random);

    private static int Batches(int rows, int batchSize) => (rows + batchSize - 1) / batchSize;
}
