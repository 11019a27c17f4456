namespace MLNet.Embeddings;

/// <summary>The batches of one epoch, made on another thread while those before are trained on.</summary>
/// <param name="Count">Number of batches.</param>
/// <param name="Batches">The batches; to be enumerated once.</param>
internal sealed record BatchFeed(int Count, IEnumerable<RowBatch> Batches)
{
    /// <summary>Rows that are handed over together, so that handing over costs little beside small batches.</summary>
    private const int RowsAtOnce = 1_024;

    /// <param name="rows">The rows.</param>
    /// <param name="batchSize">Rows per batch.</param>
    /// <param name="bucketed">True to put rows of about the same length together.</param>
    /// <param name="unknown">Turns some known keys into the unknown one.</param>
    /// <param name="random">Source of the order.</param>
    internal static BatchFeed Of(RowSource rows, int batchSize, bool bucketed, UnknownDropout unknown, SplitMix random)
    {
        int atOnce = Math.Max(1, RowsAtOnce / batchSize);
        var batches = ReadAhead.Of(Cut(rows, batchSize, bucketed, unknown, random).Chunk(atOnce), ahead: 2).SelectMany(few => few);
        return new BatchFeed(rows.BatchCount(batchSize), batches);
    }

    private static IEnumerable<RowBatch> Cut(RowSource rows, int batchSize, bool bucketed, UnknownDropout unknown, SplitMix random)
    {
        foreach (var (table, chosen) in rows.Tables(random))
        {
            var batcher = new Batcher(table, rows.Scales);
            foreach (int[] batch in BatchPlan.Shuffled(table, chosen, batchSize, bucketed, random)) yield return batcher.Cut(batch, unknown);
        }
    }
}
