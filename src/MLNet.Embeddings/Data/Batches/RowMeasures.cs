using System.Globalization;

namespace MLNet.Embeddings;

/// <summary>What a pass over rows measures of them before they are trained on, table after table, of all rows or of a part of them.</summary>
internal sealed class RowMeasures : IMergeable
{
    private readonly TrainingTableReader _reader;
    private readonly int _part;
    private readonly bool[] _areClasses;
    private readonly SortedSet<int> _parts = [];
    private readonly LabelStatistics[] _labels;
    private readonly ExactSum _weights = new();
    private readonly long[]?[] _keyCounts;
    private NumberStatistics?[] _numbers;
    private ColumnTally[] _tallies;

    /// <param name="reader">Reads the rows.</param>
    /// <param name="columns">The columns of one of its tables, which may have no rows.</param>
    /// <param name="part">Number of the part of the rows that is measured, where there are several; no other part has it.</param>
    internal RowMeasures(TrainingTableReader reader, IReadOnlyList<ColumnData> columns, int part = 0)
    {
        (_reader, Columns, _part) = (reader, columns, part);
        _areClasses = [.. reader.Labels.Select(label => label.HasClasses)];
        _labels = [.. reader.Labels.Select(label => label.Statistics())];
        _keyCounts = [.. reader.Columns.Zip(columns, (given, column) => CountersFor(given, column, reader.Columns))];
        (_numbers, _tallies) = Begin();
    }

    /// <summary>The columns of some table, or empty ones of the same extent.</summary>
    internal IReadOnlyList<ColumnData> Columns { get; private set; }

    /// <summary>Number of rows.</summary>
    internal long Count { get; private set; }

    /// <summary>Rows that were left out since they have no label.</summary>
    internal long Skipped { get; private set; }

    /// <summary>The mean of the example weights as they were given; 1 without any.</summary>
    internal double MeanWeight => Count == 0 ? 1 : _weights.Over(Count);

    /// <summary>Scale of each number column, by position; null for other columns.</summary>
    internal NumberScale?[] Scales => Array.ConvertAll(_numbers, measured => measured?.ToScale());

    /// <summary>What each column is like.</summary>
    internal IReadOnlyList<ColumnTally> Tallies => _tallies;

    /// <summary>How often each key is met, for columns whose training asks for it; null for others.</summary>
    internal IReadOnlyList<long[]?> KeyCounts => _keyCounts;

    /// <summary>What each label is like.</summary>
    internal IReadOnlyList<LabelStatistics> Labels => _labels;

    /// <summary>Takes the rows of a table into account.</summary>
    internal void Add(TrainingTable table)
    {
        int[] rows = [.. Enumerable.Range(0, table.RowCount)];
        var labelValues = table.LabelValues;
        Columns = table.Columns;
        _parts.Add(_part);
        Count += rows.Length;
        Skipped += table.SkippedRows;
        table.AddWeights(_weights);
        foreach (var (labels, values) in _labels.Zip(table.Labels)) labels.Add(values);
        foreach (var (i, column) in table.Columns.Index())
        {
            _numbers[i]?.Add((NumberData)column, labelValues, rows);
            _tallies[i].Add(column, rows);
            if (_keyCounts[i] is { } counts) ((TermData)column).CountKeys(rows, counts);
        }
    }

    /// <exception cref="InvalidOperationException">There are no rows, too many of them, or none that has a weight.</exception>
    internal void RequireRows()
    {
        if (Count == 0) throw _reader.NoRows((int)Math.Min(Skipped, int.MaxValue));
        if (Count > int.MaxValue)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                $"There are {Count:N0} rows to train on; there can be {int.MaxValue:N0}. Train on a sample of them."));
        }
        _reader.RequireWeights(MeanWeight, (int)Count);
    }

    public void Write(BinaryWriter writer)
    {
        RequireCommonLabels();
        Merging.Begin(writer, nameof(RowMeasures));
        writer.Write7BitEncodedInt(_parts.Count);
        foreach (int part in _parts) writer.Write7BitEncodedInt(part);
        writer.Write7BitEncodedInt64(Count);
        writer.Write7BitEncodedInt64(Skipped);
        _weights.Write(writer);
        writer.Write7BitEncodedInt(_labels.Length);
        foreach (var label in _labels) label.Write(writer);
        writer.Write7BitEncodedInt(Columns.Count);
        foreach (var column in Columns) writer.Write7BitEncodedInt(SizeOf(column));
        // Where no row said how many numbers each has, there is nothing to tell of columns.
        if (Count == 0) return;
        foreach (var (i, tally) in _tallies.Index())
        {
            tally.Write(writer);
            _numbers[i]?.Write(writer);
            if (_keyCounts[i] is { } counts) Merging.Write(writer, counts);
        }
    }

    /// <exception cref="FormatException">Something else was written, or a part that is there already; these measures are of no use then.</exception>
    public void Merge(BinaryReader reader) => Merging.Read(reader, nameof(RowMeasures), () =>
    {
        for (long left = Merging.ReadCount(reader); left > 0; left--)
        {
            int part = reader.Read7BitEncodedInt();
            if (!_parts.Add(part)) throw new FormatException($"Part {part} of the rows was merged before. Each part must have a number of its own.");
        }
        long count = Merging.ReadCount(reader);
        Skipped += Merging.ReadCount(reader);
        _weights.Merge(reader);
        Merging.Require(reader, _labels.Length, "labels");
        foreach (var label in _labels) label.Merge(reader);
        Merging.Require(reader, Columns.Count, "columns");
        int[] sizes = [.. Columns.Select(_ => (int)Merging.ReadCount(reader, int.MaxValue))];
        if (count == 0) return;
        if (Count == 0) Resize(sizes);
        Count += count;
        foreach (var (i, column) in Columns.Index())
        {
            if (SizeOf(column) != sizes[i]) throw OtherSize(_reader.Columns[i].Name, sizes[i], SizeOf(column));
            _tallies[i].Merge(reader);
            _numbers[i]?.Merge(reader);
            if (_keyCounts[i] is not { } counts) continue;
            foreach (var (key, times) in Merging.ReadCounts(reader, counts.Length)) counts[key] += times;
        }
    });

    /// <exception cref="NotSupportedException">Bins go by a label whose values mean different things in different parts of the rows.</exception>
    internal void RequireCommonLabels()
    {
        if (_reader.Labels.FirstOrDefault(label => label.NumbersAsRead) is not { } label) return;
        var (given, _) = _reader.Columns.Zip(Columns).FirstOrDefault(
            column => column.Second is NumberData { Encoder: PiecewiseLinearEncoder { Binning: NumberBinning.Label } });
        if (given is null) return;
        throw new NotSupportedException(
            $"The bins of column '{given.Name}' cannot go by the label '{label.Name}', which is a set, where rows are read in parts: each part numbers its " +
            $"sets by itself. Use NumberBinning.{nameof(NumberBinning.Quantiles)} for the column, or train in one process.");
    }

    private static FormatException OtherSize(string name, int size, int other) => new(
        $"Column '{name}' holds {size} numbers in the rows of one part and {other} in those of others; every row must have as many. Make the vectors equally " +
        "long, or use one column per number.");

    private static int SizeOf(ColumnData column) => column is NumberData numbers ? numbers.Size : 0;

    private (NumberStatistics?[], ColumnTally[]) Begin() => (
        [.. Columns.Select(column => NumberStatistics.For(column, _areClasses, _part))], [.. Columns.Select(column => ColumnTally.For(column, _part))]);

    /// <summary>Begins with so many numbers in the rows of each number column: the first row says it, where the type does not.</summary>
    private void Resize(int[] sizes)
    {
        Columns =
        [
            .. Columns.Zip(_reader.Columns, sizes).Select(ColumnData (column) => column.First is NumberData numbers && numbers.Size != column.Third
                ? new NumberData<float>([], column.Third, ((NumberColumn)column.Second).EncoderFor(column.Third))
                : column.First),
        ];
        (_numbers, _tallies) = Begin();
    }

    /// <summary>Counters for the keys of a column that has an unknown one, or whose table begins with pretrained vectors; null for others.</summary>
    private static long[]? CountersFor(InputColumn given, ColumnData column, IReadOnlyList<InputColumn> all) =>
        given is EmbeddingColumn keys && column is TermData data && (data.HasUnknown || SharedTables.VectorsOf(keys, all) is not null)
            ? new long[data.KeyCount + 1]
            : null;
}
