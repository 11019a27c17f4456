using Microsoft.ML.Data;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>A review as keys: what network A reads.</summary>
internal sealed class ReviewKeys : ILabelled
{
    [KeyType(NetworkA.TitleKeys)] public uint[] Title { get; set; } = [];

    [KeyType(NetworkA.BodyKeys)] public uint[] Body { get; set; } = [];

    public bool Label { get; set; }
}
