using System.Collections.Concurrent;

namespace MLNet.Embeddings;

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
