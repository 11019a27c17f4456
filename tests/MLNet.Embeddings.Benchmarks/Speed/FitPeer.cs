namespace MLNet.Embeddings.Benchmarks;

/// <summary>A peer in training, and how far ours is to be ahead of it.</summary>
internal sealed record FitPeer(string Name, Func<FitTime> Fit, Reach? Reach);
