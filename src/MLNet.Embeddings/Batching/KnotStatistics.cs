namespace MLNet.Embeddings;

/// <summary>Collects a sample of the rows of a number column, for the quantiles or the bins of each number.</summary>
/// <remarks>
/// So many rows, each as likely as any other to be among them: Vitter, Random Sampling with a Reservoir (ACM TOMS 11, 1985), algorithm R. All rows where there
/// are no more. The generator's seed is fixed: the same rows give the same scale.
/// </remarks>
internal sealed class KnotStatistics(int size, NumberEncoder encoder) : NumberStatistics
{
    private const int MostRows = 100_000, MostNumbers = 1 << 24;

    private readonly int _capacity = Math.Max(1, Math.Min(MostRows, MostNumbers / size));
    private readonly SplitMix _random = new(0);
    private float[] _sample = [];
    private int _count;
    private long _rows;
    private bool _hasMissing;

    internal override void Add(NumberData data, ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            var values = data.ValuesOf(row);
            _hasMissing |= values.Contains(float.NaN);
            if (Place() is { } place) values.CopyTo(_sample.AsSpan(place * size));
        }
    }

    internal override KnotScale ToScale()
    {
        List<float> knots = [], heights = [];
        int[] counts = new int[size];
        float[] fill = new float[size];
        for (int i = 0; i < size; i++)
        {
            var values = DistinctValues.Of(NumbersAt(i));
            float[] found = values.Count == 0 ? [0] : encoder is PiecewiseLinearEncoder { Bins: var bins } ? BinEdges.Of(values, bins) : NormalKnots.Of(values);
            if (encoder is not PiecewiseLinearEncoder) heights.AddRange(values.Count == 0 ? [0] : NormalKnots.Heights(values, found));
            (counts[i], fill[i]) = (found.Length, values.Count == 0 ? 0 : values.Median);
            knots.AddRange(found);
        }
        return new KnotScale(counts, [.. knots], encoder is PiecewiseLinearEncoder ? null : [.. heights], fill, _hasMissing);
    }

    /// <summary>Where in the sample the next row belongs; null for nowhere.</summary>
    private int? Place()
    {
        _rows++;
        if (_count == _capacity) return _random.NextDouble() * _rows is var drawn && drawn < _capacity ? (int)drawn : null;
        if (_sample.Length < (_count + 1) * size) Array.Resize(ref _sample, (int)Math.Min((long)_capacity * size, Math.Max(64, 2 * _count) * (long)size));
        return _count++;
    }

    /// <summary>The numbers of the sample's rows at one place, without those missing.</summary>
    private float[] NumbersAt(int index)
    {
        float[] numbers = new float[_count];
        int known = 0;
        for (int row = 0; row < _count; row++)
        {
            float number = _sample[row * size + index];
            if (!float.IsNaN(number)) numbers[known++] = number;
        }
        return numbers[..known];
    }
}
