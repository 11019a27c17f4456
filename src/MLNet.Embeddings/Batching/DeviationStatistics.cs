namespace MLNet.Embeddings;

/// <summary>Collects the mean and the deviation of each number of a column.</summary>
internal sealed class DeviationStatistics(int size) : NumberStatistics
{
    private readonly double[] _mean = new double[size], _squares = new double[size];
    private readonly long[] _count = new long[size];
    private long _rows;

    internal override void Add(NumberData data, IReadOnlyList<LabelValues> rowLabels, ReadOnlySpan<int> rows)
    {
        _rows += rows.Length;
        foreach (int row in rows)
        {
            var values = data.ValuesOf(row);
            for (int i = 0; i < values.Length; i++)
            {
                if (float.IsNaN(values[i])) continue;
                _count[i]++;
                // Welford's update (Technometrics 4, 1962): exact also where the mean is large against the deviation.
                double delta = values[i] - _mean[i];
                _mean[i] += delta / _count[i];
                _squares[i] += delta * (values[i] - _mean[i]);
            }
        }
    }

    /// <summary>The scale of the rows so far. A number that never varies gets deviation 1, one that is always missing mean 0 as well.</summary>
    internal override StandardScale ToScale()
    {
        float[] deviation = new float[size];
        for (int i = 0; i < size; i++)
        {
            double measured = _count[i] == 0 ? 0 : Math.Sqrt(_squares[i] / _count[i]);
            // A float cannot tell numbers apart that differ by less than some 1e-7 of them, so a smaller deviation would only magnify rounding.
            float deviationOfFloats = (float)Math.Max(measured, 1e-6 * Math.Abs(_mean[i]));
            deviation[i] = measured > 0 && float.IsNormal(deviationOfFloats) ? deviationOfFloats : 1;
        }
        return new StandardScale(Array.ConvertAll(_mean, value => (float)value), deviation, _count.Any(known => known < _rows));
    }
}
