using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>Initial weights of a GRU.</summary>
internal static class GruWeights
{
    /// <summary>Keras's initial values (keras.layers.GRU): Glorot uniform for the input, orthogonal for the state, zero biases; each gate on its own.</summary>
    /// <param name="input">3 units × dimensions.</param>
    /// <param name="hidden">3 units × units.</param>
    /// <param name="biases">3 units each.</param>
    internal static void Initialize(torch.Tensor input, torch.Tensor hidden, params ReadOnlySpan<torch.Tensor> biases)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradients = torch.no_grad();
        long units = hidden.shape[1];
        for (int gate = 0; gate < 3; gate++)
        {
            torch.nn.init.xavier_uniform_(input.narrow(0, gate * units, units));
            torch.nn.init.orthogonal_(hidden.narrow(0, gate * units, units));
        }
        foreach (var bias in biases) bias.zero_();
    }
}
