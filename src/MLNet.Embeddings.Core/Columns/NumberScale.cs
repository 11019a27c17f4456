namespace MLNet.Embeddings;

/// <summary>Brings the numbers of a column to a scale that networks learn from, in training and in scoring. Immutable.</summary>
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
    internal void Apply(ReadOnlySpan<float> numbers, Span<float> result)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            result[i] = Scale(i, numbers[i]);
            if (hasMissing) result[size + i] = float.IsNaN(numbers[i]) ? 1 : 0;
        }
    }

    /// <summary>A number on the scale; NaN is missing.</summary>
    private protected abstract float Scale(int index, float number);
}

/// <summary>Numbers in deviations from their means, 0 where they are missing.</summary>
internal sealed class StandardScale(float[] mean, float[] deviation, bool hasMissing) : NumberScale(mean.Length, hasMissing)
{
    internal const string MeanPart = "mean", DeviationPart = "deviation";

    /// <summary>Numbers are cut off at this many deviations from the mean, so that the largest float cannot make a score infinite.</summary>
    /// <remarks>Among n numbers none lies more than √(n - 1) deviations from their mean, so no number of up to 10 billion training rows is cut.</remarks>
    private const float MostDeviations = 100_000;

    internal float[] Mean => mean;

    internal float[] Deviation => deviation;

    internal override IEnumerable<(string Part, float[] Values)> Arrays => [(MeanPart, mean), (DeviationPart, deviation)];

    private protected override float Scale(int index, float number) =>
        float.IsNaN(number) ? 0 : Math.Clamp((number - mean[index]) / deviation[index], -MostDeviations, MostDeviations);
}

/// <summary>Numbers on a scale that rises from knot to knot, in a straight line between two of them; beyond the first and the last it is level.</summary>
internal sealed class KnotScale : NumberScale
{
    internal const string KnotsPart = "knots", HeightsPart = "heights", FillPart = "fill";

    private readonly float[] _knots, _fill;
    private readonly float[]? _heights;
    private readonly int[] _starts;

    /// <param name="counts">Knots of each number, at least 1.</param>
    /// <param name="knots">The knots of all numbers, one after the other; those of a number strictly increase.</param>
    /// <param name="heights">The heights of the knots on the scale, never falling; null for 0, 1, 2 and so on for each number.</param>
    /// <param name="fill">The numbers that missing ones count as.</param>
    /// <param name="hasMissing">Whether indicators stand behind the numbers.</param>
    internal KnotScale(int[] counts, float[] knots, float[]? heights, float[] fill, bool hasMissing) : base(fill.Length, hasMissing)
    {
        (KnotCounts, _knots, _heights, _fill) = (counts, knots, heights, fill);
        _starts = new int[counts.Length];
        for (int i = 1; i < counts.Length; i++) _starts[i] = _starts[i - 1] + counts[i - 1];
    }

    internal override int[] KnotCounts { get; }

    internal override IEnumerable<(string Part, float[] Values)> Arrays =>
        _heights is null ? [(KnotsPart, _knots), (FillPart, _fill)] : [(KnotsPart, _knots), (HeightsPart, _heights), (FillPart, _fill)];

    /// <summary>Whether values of knots rise from knot to knot of each number.</summary>
    /// <param name="counts">Knots of each number.</param>
    /// <param name="values">A value for each knot, those of a number after those of another.</param>
    /// <param name="strictly">Whether two may not be equal.</param>
    internal static bool Rises(IReadOnlyList<int> counts, ReadOnlySpan<float> values, bool strictly)
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

    private protected override float Scale(int index, float number)
    {
        var knots = _knots.AsSpan(_starts[index], KnotCounts[index]);
        if (float.IsNaN(number)) number = _fill[index];
        if (number <= knots[0]) return Height(index, 0);
        if (number >= knots[^1]) return Height(index, knots.Length - 1);

        int next = knots.BinarySearch(number);
        if (next >= 0) return Height(index, next);
        next = ~next;
        // In double precision: the distance of two floats may be none.
        double share = ((double)number - knots[next - 1]) / ((double)knots[next] - knots[next - 1]);
        float low = Height(index, next - 1);
        return (float)(low + share * (Height(index, next) - low));
    }

    private float Height(int index, int knot) => _heights is null ? knot : _heights[_starts[index] + knot];
}
