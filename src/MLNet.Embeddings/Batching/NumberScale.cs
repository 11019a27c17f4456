namespace MLNet.Embeddings;

/// <summary>Mean and deviation of each number of a column over the rows trained on, and whether any was missing there.</summary>
internal sealed record NumberScale(float[] Mean, float[] Deviation, bool HasMissing)
{
    internal int Width => HasMissing ? 2 * Mean.Length : Mean.Length;

    /// <summary>Measures the given rows. A number that never varies gets deviation 1, one that is always missing mean 0 as well.</summary>
    internal static NumberScale Of(NumberData data, ReadOnlySpan<int> rows)
    {
        double[] mean = new double[data.Size], squares = new double[data.Size];
        int[] count = new int[data.Size];
        foreach (int row in rows)
        {
            var values = data.ValuesOf(row);
            for (int i = 0; i < values.Length; i++)
            {
                if (float.IsNaN(values[i])) continue;
                count[i]++;
                // Welford's update (Technometrics 4, 1962): exact also where the mean is large against the deviation.
                double delta = values[i] - mean[i];
                mean[i] += delta / count[i];
                squares[i] += delta * (values[i] - mean[i]);
            }
        }

        int rowCount = rows.Length;
        float[] deviation = new float[data.Size];
        for (int i = 0; i < deviation.Length; i++)
        {
            double measured = count[i] == 0 ? 0 : Math.Sqrt(squares[i] / count[i]);
            // A float cannot tell numbers apart that differ by less than some 1e-7 of them, so a smaller deviation would only magnify rounding.
            float deviationOfFloats = (float)Math.Max(measured, 1e-6 * Math.Abs(mean[i]));
            deviation[i] = measured > 0 && float.IsNormal(deviationOfFloats) ? deviationOfFloats : 1;
        }
        return new NumberScale(Array.ConvertAll(mean, value => (float)value), deviation, count.Any(known => known < rowCount));
    }

    /// <summary>Writes one row as the network takes it.</summary>
    internal void Apply(ReadOnlySpan<float> values, Span<float> result)
    {
        for (int i = 0; i < values.Length; i++)
        {
            result[i] = NumberColumn.Standardize(values[i], Mean[i], Deviation[i]);
            if (HasMissing) result[values.Length + i] = float.IsNaN(values[i]) ? 1 : 0;
        }
    }
}
