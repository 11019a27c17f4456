using System.Diagnostics;

namespace MLNet.Embeddings;

/// <summary>Counts what a column is like, rows after rows.</summary>
internal abstract class ColumnTally : IMergeable
{
    private const int MostBins = 10;

    /// <summary>So many values say well enough where bins begin.</summary>
    private protected const int MostSampled = 10_000;

    /// <summary>Shares are kept in so many digits: what they are for needs no more.</summary>
    private const int Digits = 5;

    /// <summary>The key of unknown values, where there is one.</summary>
    internal const int UnknownTermKey = 1;

    /// <summary>One for a column.</summary>
    /// <param name="column">Some rows of the column, or none.</param>
    /// <param name="part">Number of the part of the rows that is counted, where there are several.</param>
    internal static ColumnTally For(ColumnData column, int part = 0) => column switch
    {
        NumberData numbers => new NumberTally(numbers.Size, part),
        CategoryData keys => new KeyTally(hasLengths: false, keys, part),
        SequenceData keys => new KeyTally(hasLengths: true, keys, part),
        _ => throw new UnreachableException($"{column}"),
    };

    /// <summary>Takes some rows of a table into account.</summary>
    internal abstract void Add(ColumnData data, ReadOnlySpan<int> rows);

    /// <summary>What the rows so far are like.</summary>
    /// <param name="column">Name of the raw column.</param>
    internal abstract ColumnStatistics ToStatistics(string column);

    public abstract void Write(BinaryWriter writer);

    public abstract void Merge(BinaryReader reader);

    private protected static double Share(long count, long all) => all == 0 ? 0 : Math.Round((double)count / all, Digits);

    /// <summary>The bins of values, and what is in each.</summary>
    private protected static (double[] Starts, double[] Shares) BinsOf(double[] values)
    {
        values.AsSpan().Sort();
        double[] distinct = [.. values.Distinct().Take(MostBins + 1)];
        double[] starts = distinct.Length <= MostBins
            ? distinct
            : [.. Enumerable.Range(0, MostBins).Select(i => values[(int)((long)i * values.Length / MostBins)]).Distinct()];
        long[] counts = new long[starts.Length];
        foreach (double value in values) counts[ValueBins.IndexOf(starts, value)]++;
        return (starts, Array.ConvertAll(counts, count => Share(count, values.Length)));
    }
}

/// <summary>Finds the bin of a value.</summary>
internal static class ValueBins
{
    /// <summary>The last bin that begins at the value or before it; the first one for a value before all.</summary>
    internal static int IndexOf(IReadOnlyList<double> starts, double value)
    {
        int bin = 0;
        while (bin + 1 < starts.Count && starts[bin + 1] <= value) bin++;
        return bin;
    }
}

/// <summary>Numbers: those of a vector are taken together.</summary>
/// <param name="size">Numbers of a row.</param>
/// <param name="part">Number of the part of the rows.</param>
internal sealed class NumberTally(int size, int part) : ColumnTally
{
    private readonly RowSample _sample = new(1, MostSampled, part);
    private readonly double[] _numbers = new double[size];
    private double _least = double.PositiveInfinity, _most = double.NegativeInfinity;
    private long _count, _missing;

    internal override void Add(ColumnData data, ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            ((NumberData)data).CopyRow(row, _numbers);
            foreach (double number in _numbers)
            {
                _count++;
                if (double.IsNaN(number))
                {
                    _missing++;
                    continue;
                }
                (_least, _most) = (Math.Min(_least, number), Math.Max(_most, number));
                if (_sample.Next() is [_, ..] place) place[0] = number;
            }
        }
    }

    internal override ColumnStatistics ToStatistics(string column)
    {
        var (starts, shares) = BinsOf(_sample.ValuesAt(0));
        return new ColumnStatistics
        {
            Column = column,
            Missing = Share(_missing, _count),
            Least = _missing < _count ? _least : double.NaN,
            Most = _missing < _count ? _most : double.NaN,
            Bins = starts,
            BinShares = shares,
        };
    }

    public override void Write(BinaryWriter writer)
    {
        Merging.Begin(writer, nameof(NumberTally));
        writer.Write7BitEncodedInt64(_count);
        writer.Write7BitEncodedInt64(_missing);
        writer.Write(_least);
        writer.Write(_most);
        _sample.Write(writer);
    }

    public override void Merge(BinaryReader reader) => Merging.Read(reader, nameof(NumberTally), () =>
    {
        _count += Merging.ReadCount(reader);
        _missing += Merging.ReadCount(reader);
        (_least, _most) = (Math.Min(_least, reader.ReadDouble()), Math.Max(_most, reader.ReadDouble()));
        _sample.Merge(reader);
    });
}

/// <summary>Keys: one a row, or as many as there are.</summary>
/// <param name="hasLengths">Whether rows have different numbers of keys.</param>
/// <param name="column">Some rows of the column, or none.</param>
/// <param name="part">Number of the part of the rows.</param>
internal sealed class KeyTally(bool hasLengths, TermData column, int part) : ColumnTally
{
    /// <summary>Keys above this are counted together: hashed ones may be so many that an array could not hold them.</summary>
    private const int MostCounted = 1 << 20;

    private const int MostKept = 20;

    private readonly bool _hasUnknown = column.HasUnknown;
    private readonly RowSample _lengths = new(1, MostSampled, part);
    private readonly long[] _counts = new long[Math.Min(column.KeyCount, MostCounted) + 1];
    private long _rows, _empty, _keys, _unknown, _longest, _shortest = long.MaxValue;

    internal override void Add(ColumnData data, ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            _rows++;
            if (data is CategoryData category) Add(category.KeyOf(row) is > 0 and var key ? [key] : []);
            else Add(((SequenceData)data).KeysOf(row));
        }
    }

    internal override ColumnStatistics ToStatistics(string column)
    {
        var (starts, shares) = hasLengths ? BinsOf(_lengths.ValuesAt(0)) : ([], []);
        int[] kept = [.. Enumerable.Range(0, _counts.Length).Where(key => _counts[key] > 1).OrderByDescending(key => _counts[key]).Take(MostKept)];
        return new ColumnStatistics
        {
            Column = column,
            Missing = Share(_empty, _rows),
            // What new rows hold that these do not is about as much as what only one of these has (Good 1953, after Turing).
            Unknown = _hasUnknown ? Share(_unknown + _counts.Count(count => count == 1), _keys) : null,
            Least = hasLengths && _empty < _rows ? _shortest : double.NaN,
            Most = hasLengths && _empty < _rows ? _longest : double.NaN,
            Bins = starts,
            BinShares = shares,
            Keys = kept,
            KeyShares = Array.ConvertAll(kept, key => Share(_counts[key], _keys)),
        };
    }

    public override void Write(BinaryWriter writer)
    {
        Merging.Begin(writer, nameof(KeyTally));
        writer.Write(hasLengths);
        writer.Write7BitEncodedInt(_counts.Length);
        foreach (long count in (ReadOnlySpan<long>)[_rows, _empty, _keys, _unknown, _longest, _shortest]) writer.Write7BitEncodedInt64(count);
        Merging.Write(writer, _counts);
        _lengths.Write(writer);
    }

    public override void Merge(BinaryReader reader) => Merging.Read(reader, nameof(KeyTally), () =>
    {
        if (reader.ReadBoolean() != hasLengths) throw new FormatException("Keys of categories were counted where those of sequences are, or the other way.");
        Merging.Require(reader, _counts.Length, "keys");
        _rows += Merging.ReadCount(reader);
        _empty += Merging.ReadCount(reader);
        _keys += Merging.ReadCount(reader);
        _unknown += Merging.ReadCount(reader);
        _longest = Math.Max(_longest, Merging.ReadCount(reader));
        _shortest = Math.Min(_shortest, Merging.ReadCount(reader));
        foreach (var (key, count) in Merging.ReadCounts(reader, _counts.Length)) _counts[key] += count;
        _lengths.Merge(reader);
    });

    private void Add(ReadOnlySpan<int> keys)
    {
        if (keys.IsEmpty)
        {
            _empty++;
            return;
        }
        _keys += keys.Length;
        (_shortest, _longest) = (Math.Min(_shortest, keys.Length), Math.Max(_longest, keys.Length));
        if (hasLengths && _lengths.Next() is [_, ..] place) place[0] = keys.Length;
        foreach (int key in keys)
        {
            if (_hasUnknown && key == UnknownTermKey) _unknown++;
            else if (key < _counts.Length) _counts[key]++;
        }
    }
}
