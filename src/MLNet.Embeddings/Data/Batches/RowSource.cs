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

    /// <summary>A checksum of the rows' labels and weights.</summary>
    internal abstract string Targets { get; }

    /// <summary>How often each key of a column occurs in the rows, that of missing values left out.</summary>
    /// <param name="column">Number of a column whose table begins with pretrained vectors.</param>
    internal abstract long[] CountKeys(int column);

    /// <summary>What a column of the rows is like.</summary>
    internal abstract ColumnTally Tally(int column);

    /// <summary>Number of batches of an epoch.</summary>
    internal int BatchCount(int batchSize) => count / RowsPerTable * Batches(RowsPerTable, batchSize) + Batches(count % RowsPerTable, batchSize);

    /// <summary>The tables of one epoch, each with the rows of it to train on.</summary>
    /// <param name="random">Source of the order of the rows, where there is a choice.</param>
    internal abstract IEnumerable<(TrainingTable Table, int[] Rows)> Tables(SplitMix random);

    private static int Batches(int rows, int batchSize) => (rows + batchSize - 1) / batchSize;
}

/// <summary>Rows of one table that stays in memory.</summary>
internal sealed class TableRows(TrainingTable table, int[] rows, IReadOnlyList<NumberScale?> scales) : RowSource(table.Columns, scales, rows.Length)
{
    /// <summary>Rows whose numbers are brought to the scale of themselves.</summary>
    internal TableRows(TrainingTable table, int[] rows)
        : this(table, rows, table.Scales(rows, CancellationToken.None))
    {
    }

    internal override IEnumerable<TrainingTable> Kept => [table];

    internal override string Targets
    {
        get
        {
            var checksum = new TargetChecksum();
            checksum.Add(table, rows);
            return checksum.ToString();
        }
    }

    internal override long[] CountKeys(int column)
    {
        var data = (TermData)table.Columns[column];
        long[] counts = new long[data.KeyCount + 1];
        data.CountKeys(rows, counts);
        return counts;
    }

    internal override ColumnTally Tally(int column)
    {
        var tally = ColumnTally.For(table.Columns[column]);
        tally.Add(table.Columns[column], rows);
        return tally;
    }

    internal override IEnumerable<(TrainingTable Table, int[] Rows)> Tables(SplitMix random) => [(table, rows)];
}

/// <summary>Rows that are read from their view again in each epoch, a table of them at a time, the next one while the last one is trained on.</summary>
internal sealed class StreamedRows : RowSource
{
    private readonly StreamedView _view;
    private readonly IReadOnlyList<long[]?> _keyCounts;
    private readonly IReadOnlyList<ColumnTally> _tallies;
    private readonly double _meanWeight;

    private StreamedRows(
        StreamedView view, IReadOnlyList<ColumnData> columns, IReadOnlyList<NumberScale?> scales, IReadOnlyList<long[]?> keyCounts, int count,
        IReadOnlyList<ColumnTally> tallies, double meanWeight, string targets)
        : base(columns, scales, count) => (_view, _keyCounts, _tallies, _meanWeight, Targets) = (view, keyCounts, tallies, meanWeight, targets);

    internal override string Targets { get; }

    internal override ColumnTally Tally(int column) => _tallies[column];

    /// <summary>Reads all rows once, to measure them.</summary>
    /// <param name="view">The rows.</param>
    /// <param name="pass">The pass.</param>
    /// <param name="labels">Receives, for each label, that of each row.</param>
    /// <param name="skipped">Receives how many have no label.</param>
    /// <exception cref="InvalidOperationException">A value cannot be used, or no row has a label.</exception>
    internal static StreamedRows Measure(StreamedView view, RowPass pass, out float[][] labels, out int skipped)
    {
        ColumnBuffer<float>[] buffers = [.. view.Reader.Labels.Select(_ => new ColumnBuffer<float>(0, "rows"))];
        IReadOnlyList<ColumnData> columns = [];
        NumberStatistics?[]? statistics = null;
        ColumnTally[]? tallies = null;
        long[]?[]? keyCounts = null;
        var targets = new TargetChecksum();
        double meanWeight = 0;
        skipped = 0;
        foreach (var table in view.Read(isHeldOut: false, null, pass))
        {
            int[] rows = [.. Enumerable.Range(0, table.RowCount)];
            columns = table.Columns;
            targets.Add(table, rows);
            statistics ??= [.. columns.Select(column => NumberStatistics.For(column, table.HasClasses))];
            foreach (var (measured, column) in statistics.Zip(columns)) measured?.Add((NumberData)column, table.LabelValues, rows);
            tallies ??= [.. columns.Select(column => ColumnTally.For(column))];
            foreach (var (tally, column) in tallies.Zip(columns)) tally.Add(column, rows);
            keyCounts ??= [.. view.Reader.Columns.Zip(columns, (given, column) => CountersFor(given, column, view.Reader.Columns))];
            foreach (var (counts, column) in keyCounts.Zip(columns))
            {
                if (counts is not null) ((TermData)column).CountKeys(rows, counts);
            }
            for (int i = 0; i < buffers.Length; i++) buffers[i].AddRange(table.Labels[i]);
            if (table.RowCount > 0) meanWeight += (table.MeanWeight - meanWeight) * ((double)table.RowCount / buffers[0].Count);
            skipped += table.SkippedRows;
        }
        int count = buffers[0].Count;
        labels = new float[buffers.Length][];
        for (int i = 0; i < labels.Length; i++) labels[i] = buffers[i].Take();
        if (count == 0) throw view.Reader.NoRows(skipped);
        view.Reader.RequireWeights(meanWeight, count);
        var scales = statistics!.Select(measured => measured?.ToScale()).ToArray();
        return new StreamedRows(view, columns, scales, keyCounts!, count, tallies!, meanWeight, targets.ToString());
    }

    internal override int RowsPerTable => _view.RowsPerTable;

    internal override IEnumerable<TrainingTable> Kept => [];

    internal override long[] CountKeys(int column) => _keyCounts[column]!;

    internal override IEnumerable<(TrainingTable Table, int[] Rows)> Tables(SplitMix random) =>
        ReadAhead.Of(_view.Read(isHeldOut: false, new Random((int)random.Next()), _view.Cancellation), ahead: 1)
            .Select(table => (table.WithWeights((float)(table.MeanWeight / _meanWeight)), Enumerable.Range(0, table.RowCount).ToArray()));

    /// <summary>Counters for the keys of a column that has an unknown one, or whose table begins with pretrained vectors; null for others.</summary>
    private static long[]? CountersFor(InputColumn given, ColumnData column, IReadOnlyList<InputColumn> all) =>
        given is EmbeddingColumn keys && column is TermData data && (data.HasUnknown || SharedTables.VectorsOf(keys, all) is not null)
            ? new long[data.KeyCount + 1]
            : null;
}
