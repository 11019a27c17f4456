using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>The state that training changes beside a network's weights: torch's generator and the buffers of its modules.</summary>
internal static class TorchTransients
{
    /// <summary>A copy of the state.</summary>
    internal static byte[] Save(IEnumerable<torch.Tensor> buffers)
    {
        using var scope = torch.NewDisposeScope();
        return [.. torch.get_rng_state().bytes, .. buffers.SelectMany(buffer => buffer.bytes.ToArray())];
    }

    /// <summary>Puts such a state back.</summary>
    /// <exception cref="ArgumentException">It is of another length.</exception>
    internal static void Restore(ReadOnlySpan<byte> state, IEnumerable<torch.Tensor> buffers)
    {
        using var scope = torch.NewDisposeScope();
        var generator = torch.get_rng_state();
        torch.Tensor[] places = [generator, .. buffers];
        long needed = places.Sum(place => (long)place.bytes.Length);
        if (state.Length != needed) throw new ArgumentException($"The state of the network has {state.Length} bytes; {needed} are needed.", nameof(state));
        foreach (var place in places)
        {
            state[..place.bytes.Length].CopyTo(place.bytes);
            state = state[place.bytes.Length..];
        }
        torch.set_rng_state(generator);
    }
}
