using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>
/// Seeds torch's generator for one fit and sees to it that tensors are of 32-bit floats and collect gradients; gives the caller's settings back
/// afterwards and frees every tensor made in between.
/// </summary>
internal sealed class TorchSession : IDisposable
{
    private readonly torch.Tensor _state = torch.get_rng_state();
    private readonly torch.ScalarType _type = torch.get_default_dtype();
    private readonly IDisposable _gradients = torch.enable_grad();
    private readonly DisposeScope _scope = torch.NewDisposeScope();

    internal TorchSession(int seed)
    {
        torch.set_default_dtype(torch.float32);
        torch.manual_seed(seed);
    }

    public void Dispose()
    {
        _scope.Dispose();
        _gradients.Dispose();
        torch.set_default_dtype(_type);
        torch.set_rng_state(_state);
        _state.Dispose();
    }
}
