using System.Runtime.InteropServices;

namespace MLNet.Embeddings.Tool;

/// <summary>Turns the first Ctrl+C, or request to end, into a cancellation; a second one ends the program as usual.</summary>
internal sealed class CancelKey : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;

    internal CancelKey() =>
        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];

    internal CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested) return;
        context.Cancel = true;
        Console.Error.WriteLine("Stopping; Ctrl+C again ends at once.");
        _source.Cancel();
    }
}

/// <summary>Makes work interruptible that looks at no token, as reading a whole file or fitting ML.NET's trainers.</summary>
internal static class Interruptible
{
    /// <summary>Does the work on another thread. When cancelled, it is left to itself, since the program ends then.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal static T Run<T>(Func<T> work, CancellationToken cancellationToken) =>
        Task.Run(work, cancellationToken).WaitAsync(cancellationToken).GetAwaiter().GetResult();
}
