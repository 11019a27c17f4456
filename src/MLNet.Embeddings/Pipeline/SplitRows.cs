using System.Runtime.ExceptionServices;
using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Passes over a view on all cores, for what does not depend on the order of its rows.</summary>
internal static class SplitRows
{
    /// <summary>Rows that a thread takes before it tells of them.</summary>
    private const int RowsAtOnce = 256;

    /// <summary>Shows each row to one of several takers, each on a thread of its own where the view gives out several cursors.</summary>
    /// <param name="view">The view.</param>
    /// <param name="columns">The columns that are read.</param>
    /// <param name="pass">The pass.</param>
    /// <param name="open">Makes what takes a cursor's rows, given the cursor and how many there are; all are made before the first row is taken.</param>
    /// <exception cref="OperationCanceledException">The pass was ended.</exception>
    internal static void Read(IDataView view, IReadOnlyList<DataViewSchema.Column> columns, RowPass pass, Func<DataViewRow, int, Action> open)
    {
        var cursors = view.GetRowCursorSet(columns, Environment.ProcessorCount);
        try
        {
            var takers = Array.ConvertAll(cursors, cursor => open(cursor, cursors.Length));
            if (cursors.Length > 1)
            {
                ReadAll(cursors, takers, pass);
                return;
            }
            while (cursors[0].MoveNext())
            {
                pass.Next();
                takers[0]();
            }
        }
        finally
        {
            foreach (var cursor in cursors) cursor.Dispose();
        }
    }

    private static void ReadAll(DataViewRowCursor[] cursors, Action[] takers, RowPass pass)
    {
        var failures = new ExceptionDispatchInfo?[cursors.Length];
        bool hasFailed = false;
        // Not of the pool: cursors wait for each other and for files, and all have to go on at once.
        Task.WaitAll([.. cursors.Select((_, i) => Task.Factory.StartNew(() => Read(i), default, TaskCreationOptions.LongRunning, TaskScheduler.Default))]);
        Array.Find(failures, failure => failure is not null)?.Throw();

        void Read(int i)
        {
            try
            {
                for (int rows = 1; rows > 0 && !Volatile.Read(ref hasFailed);)
                {
                    for (rows = 0; rows < RowsAtOnce && cursors[i].MoveNext(); rows++) takers[i]();
                    lock (pass) pass.Reach(pass.Rows + rows);
                }
            }
            catch (Exception e)
            {
                failures[i] = ExceptionDispatchInfo.Capture(e);
                Volatile.Write(ref hasFailed, true);
            }
        }
    }
}
