namespace MLNet.Embeddings;

/// <summary>Work that takes longer than a call of a grain may: who wants it asks again and again, and it is cancelled when nobody does.</summary>
/// <typeparam name="T">What it results in.</typeparam>
internal sealed class PolledWork<T> : IDisposable
{
    /// <summary>A question is answered within this time.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    /// <summary>Time in which the next question must come.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _cancel = new();

    /// <param name="begin">Begins it.</param>
    internal PolledWork(Func<CancellationToken, Task<T>> begin) => Task = begin(_cancel.Token);

    /// <summary>The work.</summary>
    internal Task<T> Task { get; }

    /// <summary>Waits a moment; true where the work has come to its end, good or bad.</summary>
    internal async Task<bool> IsDoneAsync()
    {
        _cancel.CancelAfter(Lease);
        await ((Task)Task).WaitAsync(Wait).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Task.IsCompleted;
    }

    /// <summary>Ends it early.</summary>
    internal void Cancel() => _cancel.Cancel();

    public void Dispose()
    {
        Cancel();
        _cancel.Dispose();
    }
}
