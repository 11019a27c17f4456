using System.Collections.Concurrent;

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

/// <summary>Makes the items of a sequence on a thread of its own, a few ahead of who takes them.</summary>
internal static class ReadAhead
{
    /// <summary>The same items in the same order. The thread ends when all are taken, or when the enumeration is given up.</summary>
    /// <param name="source">The sequence; enumerated by that thread alone. An exception in it reaches who takes the items.</param>
    /// <param name="ahead">How many items may wait.</param>
    internal static IEnumerable<T> Of<T>(IEnumerable<T> source, int ahead)
    {
        using var givenUp = new CancellationTokenSource();
        using var waiting = new BlockingCollection<T>(ahead);
        // Not of the pool: it waits most of the time, and the pool's threads are there to compute.
        var maker = Task.Factory.StartNew(() => Make(source, waiting, givenUp.Token), default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            foreach (var item in waiting.GetConsumingEnumerable()) yield return item;
            maker.GetAwaiter().GetResult();
        }
        finally
        {
            givenUp.Cancel();
            Task.WhenAny(maker).Wait();
        }
    }

    private static void Make<T>(IEnumerable<T> source, BlockingCollection<T> waiting, CancellationToken givenUp)
    {
        try
        {
            foreach (var item in source) waiting.Add(item, givenUp);
        }
        catch (OperationCanceledException) when (givenUp.IsCancellationRequested)
        {
            // Nobody takes the items any more.
        }
        finally
        {
            waiting.CompleteAdding();
        }
    }
}
