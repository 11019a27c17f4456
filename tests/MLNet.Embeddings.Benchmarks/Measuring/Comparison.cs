namespace MLNet.Embeddings.Benchmarks;

/// <summary>One row of the report: a measure, by ours and by a peer, and what it is to come to where something is asked of it.</summary>
internal sealed record Comparison(string Measure, string Peer, Unit Unit, double Ours, double Theirs, Reach? Reach = null)
{
    /// <summary>How many times better ours is.</summary>
    internal double Ratio => Unit.MoreIsBetter ? Ours / Theirs : Theirs / Ours;
}
