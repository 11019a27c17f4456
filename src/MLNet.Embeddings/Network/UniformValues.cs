namespace MLNet.Embeddings;

/// <summary>Initial weights by a managed generator.</summary>
internal static class UniformValues
{
    /// <summary>So many values between -range and range.</summary>
    internal static float[] Draw(int count, double range, SplitMix random)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = (float)(range * (2 * random.NextDouble() - 1));
        return values;
    }
}
