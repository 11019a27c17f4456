using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Counts how far the values of a column are from those of the training rows.</summary>
/// <param name="before">What the column was like in training.</param>
internal abstract class ColumnDrift(ColumnStatistics before)
{
    /// <summary>What stands in for shares of 0, of which there is no logarithm.</summary>
    private const double LeastShare = 1e-4;

    private protected long Rows, MissingRows, OutOfRangeRows, Values, UnknownValues;

    internal ColumnStatistics Before => before;

    /// <summary>Whether there was no row.</summary>
    internal bool IsEmpty => Rows == 0;

    /// <param name="row">The cursor.</param>
    /// <param name="column">The column as networks read it.</param>
    /// <param name="before">What it was like in training.</param>
    internal static ColumnDrift Of(DataViewRow row, DataViewSchema.Column column, ColumnStatistics before)
    {
        var type = InputType.Of(column);
        if (type.IsNumber) return new NumberDrift(NumberReading.Of(row, column), before);
        int count = KeyReading.KeyCount(column);
        if (type.IsSequence) return new KeyDrift(KeyReading.Sequence(row, column, count), before);
        var key = KeyReading.Scalar(row, column, count);
        int[] one = new int[1];
        return new KeyDrift(() => (one[0] = key()) > 0 ? one : default, before);
    }

    /// <summary>Takes the current row.</summary>
    internal abstract void Add();

    /// <summary>Share of the rows, or of the numbers, that are missing.</summary>
    internal double Missing => Share(MissingRows, Rows);

    /// <summary>Share of the values that have no term; NaN where there is no key for such.</summary>
    internal double Unknown => before.Unknown is null ? double.NaN : Share(UnknownValues, Values);

    /// <summary>Share of the rows, or of the numbers, that lie outside of what there was in training.</summary>
    internal double OutOfRange => Share(OutOfRangeRows, Rows);

    /// <summary>The population stability index.</summary>
    internal abstract double StabilityIndex { get; }

    private protected static double Share(long count, long all) => all == 0 ? 0 : (double)count / all;

    /// <summary>Counts whether a number is outside, and in which bin it is.</summary>
    private protected void Count(double number, long[] bins)
    {
        if (number < before.Least || number > before.Most) OutOfRangeRows++;
        if (bins.Length > 0) bins[ValueBins.IndexOf(before.Bins, number)]++;
    }

    /// <summary>Σ (qᵢ − pᵢ) ln(qᵢ / pᵢ) of the shares p of training and q of now, among them that of what is missing.</summary>
    private protected double IndexOf(IReadOnlyList<double> then, long[] now, long all)
    {
        double sum = Term(before.Missing, Missing);
        for (int i = 0; i < now.Length; i++) sum += Term((1 - before.Missing) * then[i], (1 - Missing) * Share(now[i], all));
        return sum;
    }

    private protected static double Term(double then, double now)
    {
        (then, now) = (Math.Max(then, LeastShare), Math.Max(now, LeastShare));
        return (now - then) * Math.Log(now / then);
    }
}

/// <summary>Numbers.</summary>
internal sealed class NumberDrift(NumberReading.Getter getter, ColumnStatistics before) : ColumnDrift(before)
{
    private readonly long[] _bins = new long[before.Bins.Count];

    internal override double StabilityIndex => IndexOf(Before.BinShares, _bins, Rows - MissingRows);

    internal override void Add()
    {
        foreach (double number in getter())
        {
            Rows++;
            if (double.IsNaN(number)) MissingRows++;
            else Count(number, _bins);
        }
    }
}

/// <summary>Keys: of a text, whichever has changed more, its terms or their number.</summary>
internal sealed class KeyDrift(KeyReading.SequenceGetter keys, ColumnStatistics before) : ColumnDrift(before)
{
    private readonly long[] _bins = new long[before.Bins.Count], _keys = new long[before.KeyShares.Count];
    private readonly Dictionary<int, int> _placeOf = before.Keys.Index().ToDictionary(key => key.Item, key => key.Index);
    private readonly bool _hasUnknown = before.Unknown is not null;

    internal override double StabilityIndex
    {
        get
        {
            double known = Before.KeyShares.Sum() + (Before.Unknown ?? 0);
            double byUnknown = Term((1 - Before.Missing) * (Before.Unknown ?? 0), (1 - Missing) * Share(UnknownValues, Values));
            double byOthers = Term((1 - Before.Missing) * (1 - known), (1 - Missing) * Share(Values - UnknownValues - _keys.Sum(), Values));
            double byKeys = IndexOf(Before.KeyShares, _keys, Values) + byUnknown + byOthers;
            return Math.Max(byKeys, IndexOf(Before.BinShares, _bins, Rows - MissingRows));
        }
    }

    internal override void Add()
    {
        var given = keys();
        Rows++;
        if (given.IsEmpty)
        {
            MissingRows++;
            return;
        }
        Values += given.Length;
        if (_bins.Length > 0) Count(given.Length, _bins);
        foreach (int key in given)
        {
            if (_hasUnknown && key == ColumnTally.UnknownTermKey) UnknownValues++;
            else if (_placeOf.TryGetValue(key, out int place)) _keys[place]++;
        }
    }
}
