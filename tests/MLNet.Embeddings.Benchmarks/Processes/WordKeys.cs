namespace MLNet.Embeddings.Benchmarks;

/// <summary>What <see cref="PlainPipeline"/> gives for a review.</summary>
internal sealed class WordKeys
{
    public uint[] Keys { get; set; } = [];
}
