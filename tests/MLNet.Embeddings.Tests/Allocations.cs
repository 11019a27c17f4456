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
