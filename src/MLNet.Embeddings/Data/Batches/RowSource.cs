namespace MLNet.Embeddings;

/// <summary>The rows that a fit trains on, in tables that are in memory one after the other.</summary>
/// <param name="columns">The columns of one of the tables.</param>
/// <param name="scales">Scale of each number column over all rows, by position; null for other columns.</param>
/// <param name="count">Number of rows.</param>
internal abstract class RowSource(IReadOnlyList<ColumnData> columns, IReadOnlyList<NumberScale?> scales, int count) : IDisposable
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

    /// <summary>Gives back what is kept outside of memory.</summary>
    public abstract void Dispose();

    /// <summary>Number of batches of an epoch.</summary>
    internal int BatchCount(int batchSize) => count / RowsPerTable * Batches(RowsPerTable, batchSize) + Batches(count % RowsPerTable, batchSize);

    /// <summary>The tables of one epoch, each with the rows of it to train on; each is valid until the next one.</summary>
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

    public override void Dispose() { }

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
/// <param name="view">The rows.</param>
/// <param name="measures">What was measured of them, or of more rows in several processes that each train on a part of them.</param>
/// <param name="count">Number of rows of the view.</param>
/// <param name="targets">A checksum of what they are trained for.</param>
internal sealed class StreamedRows(StreamedView view, RowMeasures measures, int count, string targets)
    : RowSource(measures.Columns, measures.Scales, count)
{
    private readonly double _meanWeight = measures.MeanWeight;

    internal override string Targets => targets;

    internal override ColumnTally Tally(int column) => measures.Tallies[column];

    /// <summary>Reads all rows once, to measure them.</summary>
    /// <param name="view">The rows.</param>
    /// <param name="pass">The pass.</param>
    /// <param name="log">Is told where the rows cannot be kept for the epochs; null where they need not be.</param>
    /// <param name="measures">Receives what was measured.</param>
    /// <exception cref="InvalidOperationException">A value cannot be used, or no row has a label.</exception>
    internal static StreamedRows Measure(StreamedView view, RowPass pass, FitLog? log, out RowMeasures measures)
    {
        RowMeasures? all = null;
        var targets = new TargetChecksum();
        // A table is measured while the next one is read.
        foreach (var table in ReadAhead.Of(view.ReadFirst(pass, log), ahead: 1))
        {
            targets.Add(table, [.. Enumerable.Range(0, table.RowCount)]);
            all ??= new RowMeasures(view.Reader, table.Columns);
            all.Add(table);
        }
        measures = all!;
        measures.RequireRows();
        return new StreamedRows(view, measures, (int)measures.Count, targets.ToString());
    }

    internal override int RowsPerTable => view.RowsPerTable;

    public override void Dispose() => view.Dispose();

    internal override IEnumerable<TrainingTable> Kept => [];

    internal override long[] CountKeys(int column) => measures.KeyCounts[column]!;

    internal override IEnumerable<(TrainingTable Table, int[] Rows)> Tables(SplitMix random)
    {
        int[] rows = [];
        foreach (var table in ReadAhead.Of(view.Read(isHeldOut: false, new Random((int)random.Next()), view.Cancellation), ahead: 1))
        {
            if (rows.Length != table.RowCount) rows = [.. Enumerable.Range(0, table.RowCount)];
            yield return (table.WithWeights((float)(table.MeanWeight / _meanWeight)), rows);
            view.GiveBack(table);
        }
    }
}
