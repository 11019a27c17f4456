using Microsoft.ML.Data;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>A review as text.</summary>
internal sealed class Review
{
    [LoadColumn(2)] public string Title { get; set; } = "";

    [LoadColumn(3)] public string Body { get; set; } = "";

    [LoadColumn(5)] public bool Label { get; set; }
}
