namespace MLNet.Embeddings.Benchmarks;

/// <summary>Settings of a fit that does the same work as the peers: no regularization, no validation.</summary>
internal static class PlainOptions
{
    internal static MultiEmbeddingOptions OneEpoch(int batchSize) => new()
    {
        MaxEpochs = 1,
        BatchSize = batchSize,
        ValidationFraction = 0,
        Regularization = new() { Dropout = 0, UnknownDropout = 0, WeightDecay = 0, MaxGradientNorm = double.PositiveInfinity },
        Seed = 1,
    };
}
