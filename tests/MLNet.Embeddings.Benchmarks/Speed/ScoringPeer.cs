namespace MLNet.Embeddings.Benchmarks;

/// <summary>A peer in scoring, and how far ours is to be ahead of it.</summary>
/// <param name="Create">Makes it of one of our networks.</param>
/// <param name="OneRow">What is asked of scoring row by row.</param>
/// <param name="Batches">What is asked of scoring in batches.</param>
internal sealed record ScoringPeer<TRow>(Func<TrainedNetwork, IRowScorer<TRow>> Create, Reach? OneRow = null, Reach? Batches = null);
