namespace MLNet.Embeddings;

/// <summary>The cores of a silo: what computes waits until one is free.</summary>
/// <param name="options">Says how many there are.</param>
internal sealed class WorkSlots(EmbeddingsSiloOptions options) : IDisposable
{
    private readonly SemaphoreSlim _free = new(options.Cores);

    /// <summary>Does something on a thread of its own, when a core is free.</summary>
    internal async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            // Not a thread of the pool, which the cluster's own messages need.
            var how = TaskCreationOptions.DenyChildAttach | TaskCreationOptions.LongRunning;
            return await Task.Factory.StartNew(work, cancellation, how, TaskScheduler.Default).ConfigureAwait(false);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();
}
