namespace MLNet.Embeddings.Benchmarks;

/// <summary>A network written another way, which scores the rows that ours scores.</summary>
internal interface IRowScorer<TRow> : IDisposable
{
    /// <summary>What it is written in.</summary>
    string Name { get; }

    /// <summary>The probabilities of rows that are scored together.</summary>
    float[] Probabilities(TRow[] rows);
}
