namespace MLNet.Embeddings;

/// <summary>Zeroes a share of values at random and scales the others up, so that their sum is kept on average: Srivastava et al. 2014 (JMLR 15).</summary>
internal sealed class ManagedDropout(double share, SplitMix random)
{
    private readonly uint _threshold = (uint)(share * (1L << 32));

    /// <summary>What a value that is kept is multiplied with.</summary>
    internal float Scale { get; } = (float)(1 / (1 - share));

    /// <summary>Drops values, in place.</summary>
    internal void Apply(Span<float> values)
    {
        if (share == 0) return;
        for (int i = 0; i < values.Length; i++) values[i] = (uint)random.Next() < _threshold ? 0 : values[i] * Scale;
    }
}
