namespace MLNet.Embeddings;

/// <summary>Initial weights by a managed generator.</summary>
internal static class UniformValues
{
    /// <summary>So many values between -range and range.</summary>
    internal static float[] Draw(int count, double range, SplitMix random)
    {
        float[] values = new float[count];
        Fill(values, range, random);
        return values;
    }

    /// <summary>Makes all values ones between -range and range.</summary>
    internal static void Fill(Span<float> values, double range, SplitMix random)
    {
        foreach (ref float value in values) value = (float)(range * (2 * random.NextDouble() - 1));
    }
}
