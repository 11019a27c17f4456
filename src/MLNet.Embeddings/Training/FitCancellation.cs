using Microsoft.ML.Runtime;

namespace MLNet.Embeddings;

/// <summary>What ends a fit: the token of its settings, or that the MLContext is cancelled, as by a time limit of AutoML.</summary>
/// <remarks>ML.NET only answers when asked, so it is asked many times a second.</remarks>
internal sealed class FitCancellation : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _source;
    private readonly Timer _timer;

    /// <param name="host">That of the estimator, which ML.NET cancels with its context.</param>
    /// <param name="given">The token of the settings.</param>
    internal FitCancellation(IHost host, CancellationToken given)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(given);
        Token = _source.Token;
        _timer = new Timer(_ => Ask(host), null, Interval, Interval);
        Ask(host);
    }

    /// <summary>Is cancelled when one of both is.</summary>
    internal CancellationToken Token { get; }

    public void Dispose()
    {
        // Waits for a question that is being asked: the source must not be gone by then.
        using var asked = new ManualResetEvent(false);
        if (_timer.Dispose(asked)) asked.WaitOne();
        _source.Dispose();
    }

    private void Ask(IHost host)
    {
        if (ClosedSide.IsCanceled(host)) _source.Cancel();
    }
}
