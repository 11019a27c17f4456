using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>Seeds torch's generator for one fit and gives the caller its state and thread count back afterwards; frees every tensor made in between.</summary>
internal sealed class TorchSession : IDisposable
{
    private readonly int _threads = torch.get_num_threads();
    private readonly torch.Tensor _state = torch.get_rng_state();
    private readonly DisposeScope _scope = torch.NewDisposeScope();

    /// <param name="seed">Seed of torch's generator.</param>
    /// <param name="singleThreaded">
    /// True where our own kernels do the heavy work on all cores: torch's worker threads spin for a while after each of their parallel regions, and would take
    /// a core from them.
    /// </param>
    internal TorchSession(int seed, bool singleThreaded)
    {
        torch.manual_seed(seed);
        if (singleThreaded) torch.set_num_threads(1);
    }

    public void Dispose()
    {
        _scope.Dispose();
        torch.set_num_threads(_threads);
        torch.set_rng_state(_state);
        _state.Dispose();
    }
}
