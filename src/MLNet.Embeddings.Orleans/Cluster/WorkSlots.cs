using System.Collections.Concurrent;
using System.Globalization;

namespace MLNet.Embeddings;

/// <summary>The cores of a silo: a thread for each, as those of the pool are needed by the cluster's own messages.</summary>
internal sealed class WorkSlots : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];

    /// <param name="options">Says how many there are.</param>
    public WorkSlots(EmbeddingsSiloOptions options)
    {
        for (int core = 1; core <= options.Cores; core++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"embeddings {core}");
            new Thread(Work) { IsBackground = true, Name = name }.Start();
        }
    }

    /// <summary>Does something when a core is free.</summary>
    internal Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                cancellation.ThrowIfCancellationRequested();
                done.SetResult(work());
            }
            catch (OperationCanceledException e)
            {
                done.SetCanceled(e.CancellationToken);
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        }, CancellationToken.None);
        return done.Task;
    }

    public void Dispose() => _work.CompleteAdding();

    private void Work()
    {
        foreach (var work in _work.GetConsumingEnumerable()) work();
    }
}
