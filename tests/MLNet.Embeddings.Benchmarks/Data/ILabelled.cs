namespace MLNet.Embeddings.Benchmarks;

/// <summary>A row with the answer to learn.</summary>
internal interface ILabelled
{
    bool Label { get; }
}
