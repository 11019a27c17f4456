using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>Seeds torch's generator for one fit and gives the caller's state of it back afterwards; frees every tensor made in between.</summary>
internal sealed class TorchSession : IDisposable
{
    private readonly torch.Tensor _state = torch.get_rng_state();
    private readonly DisposeScope _scope = torch.NewDisposeScope();

    internal TorchSession(int seed) => torch.manual_seed(seed);

    public void Dispose()
    {
        _scope.Dispose();
        torch.set_rng_state(_state);
        _state.Dispose();
    }
}
