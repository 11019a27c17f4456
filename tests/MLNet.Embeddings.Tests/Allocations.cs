using System.Diagnostics;
using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>Counts what reading a column allocates.</summary>
internal static class Allocations
{
    /// <summary>The fewest bytes that the calling thread allocates in one of several calls: what the runtime allocates now and then is not counted.</summary>
    internal static long Least(Action action)
    {
        return Enumerable.Range(0, 10).Min(_ =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
    }

    /// <summary>The same when the runtime has compiled the action in earnest, at the latest after ten seconds of calls: what it has not may allocate
    /// more.</summary>
    internal static long OfCompiled(Action action)
    {
        var watch = Stopwatch.StartNew();
        long least = Least(action);
        for (; least > 0 && watch.Elapsed < TimeSpan.FromSeconds(10); least = Least(action)) Thread.Sleep(50);
        return least;
    }

    /// <summary>
    /// Bytes that the calling thread allocates in the third quarter of a view's rows. The first half lets buffers grow; in the last quarter cursors that read
    /// ahead come to the end, where a source may allocate.
    /// </summary>
    internal static long InThirdQuarter<T>(IDataView view, string column)
    {
        long rows = view.GetRowCount() ?? throw new ArgumentException("The view must know its rows.", nameof(view));
        using var cursor = view.GetRowCursor([view.Schema[column]]);
        var getter = cursor.GetGetter<T>(view.Schema[column]);
        T value = default!;
        Read(rows / 2);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Read(rows / 4);
        return GC.GetAllocatedBytesForCurrentThread() - before;

        void Read(long count)
        {
            for (; count > 0 && cursor.MoveNext(); count--) getter(ref value);
        }
    }
}
