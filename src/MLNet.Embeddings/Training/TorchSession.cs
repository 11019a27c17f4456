using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>
/// Settings of torch for one fit: a seeded generator, tensors of 32-bit floats that collect gradients, a number of threads. Gives the caller's settings back
/// afterwards and frees every tensor made in between.
/// </summary>
internal sealed class TorchSession : IDisposable
{
    /// <summary>To be held as long as a session lasts: torch's settings are those of the process.</summary>
    internal static readonly Lock Turn = new();

    private readonly int _threads = torch.get_num_threads();
    private readonly torch.Tensor _state = torch.get_rng_state();
    private readonly torch.ScalarType _type = torch.get_default_dtype();
    private readonly IDisposable _gradients = torch.enable_grad();
    private readonly DisposeScope _scope = torch.NewDisposeScope();

    /// <param name="seed">Seed of torch's generator.</param>
    /// <param name="threads">
    /// Threads that torch may use. One where our own kernels do the heavy work: torch's worker threads spin for a while after each of their parallel
    /// regions, and would take cores from them.
    /// </param>
    internal TorchSession(int seed, int threads)
    {
        torch.set_default_dtype(torch.float32);
        torch.manual_seed(seed);
        torch.set_num_threads(threads);
    }

    public void Dispose()
    {
        _scope.Dispose();
        torch.set_num_threads(_threads);
        _gradients.Dispose();
        torch.set_default_dtype(_type);
        torch.set_rng_state(_state);
        _state.Dispose();
    }
}
