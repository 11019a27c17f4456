using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>A fit's turn with torch: tensors of 32-bit floats and a number of threads, which are settings of the process. Gives the caller's back, and his
/// generator.</summary>
internal sealed class TorchTurn : IDisposable
{
    private static readonly SemaphoreSlim Turn = new(1, 1);

    // The thread whose turn it is, which may begin a fit within a fit, as from a report of progress; 0 for none.
    private static int _holder;

    private readonly bool _isWithin;
    private readonly int _threads;
    private readonly torch.Tensor _state;
    private readonly torch.ScalarType _type;
    private bool _isOver;

    private TorchTurn(int? threads, bool isWithin)
    {
        _isWithin = isWithin;
        _threads = torch.get_num_threads();
        _type = torch.get_default_dtype();
        _state = torch.get_rng_state().DetachFromDisposeScope();
        torch.set_default_dtype(torch.float32);
        if (threads is { } count) torch.set_num_threads(count);
    }

    /// <summary>Waits until no other thread's fit has its turn.</summary>
    /// <param name="threads">Threads that torch may use; null to leave them.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">It was cancelled first.</exception>
    internal static TorchTurn Take(int? threads, CancellationToken cancellationToken)
    {
        int thread = Environment.CurrentManagedThreadId;
        bool isWithin = Volatile.Read(ref _holder) == thread;
        if (!isWithin) Turn.Wait(cancellationToken);
        try
        {
            var turn = new TorchTurn(threads, isWithin);
            Volatile.Write(ref _holder, thread);
            return turn;
        }
        catch
        {
            if (!isWithin) Turn.Release();
            throw;
        }
    }

    public void Dispose()
    {
        if (_isOver) return;
        _isOver = true;
        torch.set_num_threads(_threads);
        torch.set_default_dtype(_type);
        torch.set_rng_state(_state);
        _state.Dispose();
        if (_isWithin) return;
        Volatile.Write(ref _holder, 0);
        Turn.Release();
    }
}
