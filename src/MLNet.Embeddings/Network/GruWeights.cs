using TorchSharp;
using TorchSharp.Modules;

namespace MLNet.Embeddings;

/// <summary>Initial weights of a GRU.</summary>
internal static class GruWeights
{
    /// <summary>New weights with initial values, in the order of torch.nn.GRU: input weights, hidden weights, input bias, hidden bias.</summary>
    internal static Parameter[] Create(int inputs, int units)
    {
        Parameter[] parameters =
        [
            new(torch.empty(3 * units, inputs)), new(torch.empty(3 * units, units)), new(torch.empty(3 * units)), new(torch.empty(3 * units)),
        ];
        Initialize(parameters);
        return parameters;
    }

    /// <summary>Keras's initial values (keras.layers.GRU): Glorot uniform for the input, orthogonal for the state, zero biases; each gate on its own.</summary>
    /// <param name="parameters">Input weights (3 units × inputs), hidden weights (3 units × units), and two biases (3 units each).</param>
    internal static void Initialize(IReadOnlyList<torch.Tensor> parameters)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradients = torch.no_grad();
        long units = parameters[1].shape[1];
        for (int gate = 0; gate < 3; gate++)
        {
            torch.nn.init.xavier_uniform_(parameters[0].narrow(0, gate * units, units));
            torch.nn.init.orthogonal_(parameters[1].narrow(0, gate * units, units));
        }
        parameters[2].zero_();
        parameters[3].zero_();
    }
}
