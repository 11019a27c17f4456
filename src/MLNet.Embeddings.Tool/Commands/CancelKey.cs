namespace MLNet.Embeddings.Tool;

/// <summary>Turns the first Ctrl+C into a cancellation; a second one ends the program as usual.</summary>
internal sealed class CancelKey : IDisposable
{
    private readonly CancellationTokenSource _source = new();

    internal CancelKey() => Console.CancelKeyPress += OnPress;

    internal CancellationToken Token => _source.Token;

    public void Dispose()
    {
        Console.CancelKeyPress -= OnPress;
        _source.Dispose();
    }

    private void OnPress(object? sender, ConsoleCancelEventArgs e)
    {
        e.Cancel = !_source.IsCancellationRequested;
        _source.Cancel();
    }
}
