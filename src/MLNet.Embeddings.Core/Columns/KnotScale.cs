namespace MLNet.Embeddings;

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
