using System.Diagnostics;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Workers in this process, with the time that their rounds take.</summary>
internal sealed class TimedTransport(LocalTransport inner) : IWorkerTransport
{
    private long _ticks;

    public int Count => inner.Count;

    /// <summary>Time of all calls to train.</summary>
    internal TimeSpan Trained => Stopwatch.GetElapsedTime(0, Volatile.Read(ref _ticks));

    public async Task<MessageBuffer> AskAsync(int worker, WorkerCall call, MessageBuffer message, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        var answer = await inner.AskAsync(worker, call, message, cancellation).ConfigureAwait(false);
        if (call == WorkerCall.Train) Interlocked.Add(ref _ticks, Stopwatch.GetTimestamp() - start);
        return answer;
    }

    public long RowsRead(int worker) => inner.RowsRead(worker);
}
