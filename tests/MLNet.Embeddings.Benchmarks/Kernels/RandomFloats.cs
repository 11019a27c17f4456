namespace MLNet.Embeddings.Benchmarks;

/// <summary>Numbers to compute with.</summary>
internal static class RandomFloats
{
    /// <summary>Numbers from -1 to 1.</summary>
    internal static float[] Of(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2 - 1)];
    }
}
