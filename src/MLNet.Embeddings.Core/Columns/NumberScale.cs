using System.Numerics;

namespace MLNet.Embeddings;

/// <summary>Brings the numbers of a column to a scale that networks learn from, in training and in scoring. Immutable.</summary>
/// <remarks>Numbers come in double precision and leave in single, so that a small difference of large numbers is not lost.</remarks>
/// <param name="size">Numbers of a row.</param>
/// <param name="hasMissing">Whether a 0/1 indicator of what is missing stands behind them for each.</param>
internal abstract class NumberScale(int size, bool hasMissing)
{
    internal int Size => size;

    internal bool HasMissing => hasMissing;

    /// <summary>Values that a row becomes.</summary>
    internal int Width => hasMissing ? 2 * size : size;

    /// <summary>The arrays that the scale consists of.</summary>
    internal abstract IEnumerable<(string Part, float[] Values)> Arrays { get; }

    /// <summary>Number of knots of each number; empty if the scale has none.</summary>
    internal virtual int[] KnotCounts => [];

    /// <summary>Writes one row as the network takes it.</summary>
    internal void Apply(ReadOnlySpan<double> numbers, Span<float> result)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            result[i] = Scale(i, numbers[i]);
            if (hasMissing) result[size + i] = double.IsNaN(numbers[i]) ? 1 : 0;
        }
    }

    /// <summary>A number on the scale; NaN is missing, and one that is not <see cref="IsUsable"/> is the end of what was measured on its side.</summary>
    private protected abstract float Scale(int index, double number);

    /// <summary>Whether a number is finite and within the range of Single; NaN is not.</summary>
    internal static bool IsUsable(double number) => float.IsFinite((float)number);
}

/// <summary>Numbers in deviations from their means, 0 where they are missing.</summary>
/// <param name="mean">The means.</param>
/// <param name="deviation">The deviations.</param>
/// <param name="ends">The least and the largest number that was measured; null where it is not known, as in files that do not say.</param>
/// <param name="hasMissing">Whether indicators stand behind the numbers.</param>
internal sealed class StandardScale(double[] mean, float[] deviation, StandardScale.Ends? ends, bool hasMissing) : NumberScale(mean.Length, hasMissing)
{
    internal const string MeanPart = "mean", DeviationPart = "deviation", LeastPart = "least", MostPart = "most";

    /// <summary>Numbers are cut off at this many deviations from the mean, so that the largest float cannot make a score infinite.</summary>
    /// <remarks>Among n numbers none lies more than √(n - 1) deviations from their mean, so no number of up to 10 billion training rows is cut.</remarks>
    internal const float MostDeviations = 100_000;

    internal double[] Mean => mean;

    internal Ends? Limits => ends;

    internal float[] Deviation => deviation;

    internal override IEnumerable<(string Part, float[] Values)> Arrays
    {
        get
        {
            var arrays = FloatPairs.Split(MeanPart, mean).Append((DeviationPart, deviation));
            return ends is null ? arrays : [.. arrays, .. FloatPairs.Split(LeastPart, ends.Least), .. FloatPairs.Split(MostPart, ends.Most)];
        }
    }

    private protected override float Scale(int index, double number)
    {
        if (double.IsNaN(number)) return 0;
        if (ends is not null && !IsUsable(number)) number = (number < 0 ? ends.Least : ends.Most)[index];
        // Rounded before it is divided: what comes of floats has the same bits as in single precision.
        return Math.Clamp((float)(number - mean[index]) / deviation[index], -MostDeviations, MostDeviations);
    }

    /// <summary>What lies between the least and the largest number that was measured, for each number of a row.</summary>
    /// <param name="Least">The least.</param>
    /// <param name="Most">The largest.</param>
    internal sealed record Ends(double[] Least, double[] Most);
}

/// <summary>Numbers on a scale that rises from knot to knot, in a straight line between two of them; beyond the first and the last it is level.</summary>
internal sealed class KnotScale : NumberScale
{
    internal const string KnotsPart = "knots", HeightsPart = "heights", FillPart = "fill";

    private readonly double[] _knots, _fill;
    private readonly float[]? _heights;
    private readonly int[] _starts;

    /// <param name="counts">Knots of each number, at least 1.</param>
    /// <param name="knots">The knots of all numbers, one after the other; those of a number strictly increase.</param>
    /// <param name="heights">The heights of the knots on the scale, never falling; null for 0, 1, 2 and so on for each number.</param>
    /// <param name="fill">The numbers that missing ones count as.</param>
    /// <param name="hasMissing">Whether indicators stand behind the numbers.</param>
    internal KnotScale(int[] counts, double[] knots, float[]? heights, double[] fill, bool hasMissing) : base(fill.Length, hasMissing)
    {
        (KnotCounts, _knots, _heights, _fill) = (counts, knots, heights, fill);
        _starts = new int[counts.Length];
        for (int i = 1; i < counts.Length; i++) _starts[i] = _starts[i - 1] + counts[i - 1];
    }

    internal override int[] KnotCounts { get; }

    internal override IEnumerable<(string Part, float[] Values)> Arrays
    {
        get
        {
            var arrays = FloatPairs.Split(KnotsPart, _knots).Concat(FloatPairs.Split(FillPart, _fill));
            return _heights is null ? arrays : arrays.Append((HeightsPart, _heights));
        }
    }

    /// <summary>Whether values of knots rise from knot to knot of each number.</summary>
    /// <param name="counts">Knots of each number.</param>
    /// <param name="values">A value for each knot, those of a number after those of another.</param>
    /// <param name="strictly">Whether two may not be equal.</param>
    internal static bool Rises<T>(IReadOnlyList<int> counts, ReadOnlySpan<T> values, bool strictly) where T : INumber<T>
    {
        foreach (int count in counts)
        {
            for (int i = 1; i < count; i++)
            {
                if (strictly ? values[i] <= values[i - 1] : values[i] < values[i - 1]) return false;
            }
            values = values[count..];
        }
        return true;
    }

    private protected override float Scale(int index, double number)
    {
        var knots = KnotsOf(index);
        if (double.IsNaN(number)) number = _fill[index];
        if (number <= knots[0]) return Height(index, 0);
        if (number >= knots[^1]) return Height(index, knots.Length - 1);

        int next = knots.BinarySearch(number);
        if (next >= 0) return Height(index, next);
        next = ~next;
        double share = (number - knots[next - 1]) / (knots[next] - knots[next - 1]);
        float low = Height(index, next - 1);
        return (float)(low + share * (Height(index, next) - low));
    }

    /// <summary>The knots of a number.</summary>
    internal ReadOnlySpan<double> KnotsOf(int index) => _knots.AsSpan(_starts[index], KnotCounts[index]);

    /// <summary>What stands for a missing number, by number.</summary>
    internal double[] Fill => _fill;

    /// <summary>The height of a number at a knot.</summary>
    internal float Height(int index, int knot) => _heights is null ? knot : _heights[_starts[index] + knot];
}
