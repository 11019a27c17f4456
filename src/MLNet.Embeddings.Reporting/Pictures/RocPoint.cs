namespace MLNet.Embeddings;

/// <summary>What a threshold of the score does.</summary>
/// <param name="FalsePositiveRate">Share of the negative rows at or above it.</param>
/// <param name="TruePositiveRate">Share of the positive rows at or above it.</param>
internal readonly record struct RocPoint(double FalsePositiveRate, double TruePositiveRate);
