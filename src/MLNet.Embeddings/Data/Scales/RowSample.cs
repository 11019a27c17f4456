namespace MLNet.Embeddings;

/// <summary>Some of many rows, each as likely as any other to be among them; all of them where there are no more.</summary>
/// <remarks>
/// Vitter, Random Sampling with a Reservoir (ACM TOMS 11, 1985), algorithm R. The generator's seed is fixed: the same rows in the same order give the same
/// sample.
/// </remarks>
/// <param name="size">Values of a row.</param>
/// <param name="mostRows">The most rows of the sample.</param>
internal sealed class RowSample(int size, int mostRows = RowSample.MostRows)
{
    private const int MostRows = 100_000, MostValues = 1 << 24;

    private readonly int _capacity = Math.Clamp(MostValues / Math.Max(1, size), 1, mostRows);
    private readonly SplitMix _random = new(0);
    private double[] _values = [];
    private long _seen;

    /// <summary>Rows in the sample.</summary>
    internal int Count { get; private set; }

    /// <summary>The values of a row of the sample.</summary>
    internal Span<double> this[int row] => _values.AsSpan(row * size, size);

    /// <summary>Room for the values of the next row; empty if it does not come into the sample.</summary>
    internal Span<double> Next()
    {
        _seen++;
        if (Count < _capacity)
        {
            if (_values.Length < (Count + 1) * size) Array.Resize(ref _values, (int)Math.Min((long)_capacity * size, Math.Max(64, 2L * Count) * size));
            return this[Count++];
        }
        double place = _random.NextDouble() * _seen;
        return place < _capacity ? this[(int)place] : [];
    }

    /// <summary>The values at one place of all rows of the sample.</summary>
    internal double[] ValuesAt(int place)
    {
        double[] values = new double[Count];
        for (int row = 0; row < values.Length; row++) values[row] = _values[row * size + place];
        return values;
    }
}
