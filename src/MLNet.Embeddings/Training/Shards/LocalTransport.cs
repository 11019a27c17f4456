using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Workers in this process, as many at work as there are cores.</summary>
/// <param name="context">The context.</param>
/// <param name="views">The rows of each.</param>
internal sealed class LocalTransport(MLContext context, IReadOnlyList<IDataView> views) : IWorkerTransport, IDisposable
{
    private readonly ShardWorker[] _workers = [.. views.Select((view, number) => new ShardWorker(context, number, view))];

    private readonly SemaphoreSlim _cores = new(Environment.ProcessorCount);

    public int Count => _workers.Length;

    public async Task<MessageBuffer> AskAsync(int worker, WorkerCall call, MessageBuffer message, CancellationToken cancellation)
    {
        await _cores.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => _workers[worker].Answer(call, message, cancellation), cancellation).ConfigureAwait(false);
        }
        finally
        {
            _cores.Release();
        }
    }

    public long RowsRead(int worker) => _workers[worker].RowsRead;

    /// <summary>Puts a new worker in the place of one, as where it was lost.</summary>
    internal void Lose(int worker)
    {
        _workers[worker].Dispose();
        _workers[worker] = new ShardWorker(context, worker, views[worker]);
    }

    public void Dispose()
    {
        foreach (var worker in _workers) worker.Dispose();
        _cores.Dispose();
    }
}
