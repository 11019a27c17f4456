namespace MLNet.Embeddings;

/// <summary>Mean and deviation of each number of a column over the rows trained on, and whether any was missing there.</summary>
internal sealed record NumberScale(float[] Mean, float[] Deviation, bool HasMissing)
{
    internal int Width => HasMissing ? 2 * Mean.Length : Mean.Length;

    /// <summary>Measures rows of one table.</summary>
    internal static NumberScale Of(NumberData data, ReadOnlySpan<int> rows)
    {
        var statistics = new NumberStatistics(data.Size);
        statistics.Add(data, rows);
        return statistics.ToScale();
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
