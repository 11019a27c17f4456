using TorchSharp;
using TorchSharp.Modules;

namespace MLNet.Embeddings;

/// <summary>A dense layer with Keras's initial values (keras.layers.Dense): Glorot uniform weights, zero biases.</summary>
internal sealed class DenseModule : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly Parameter _weight;
    private readonly Parameter? _bias;

    internal DenseModule(int inputs, int outputs, bool hasBias = true) : base("dense")
    {
        register_parameter("weight", _weight = new Parameter(torch.nn.init.xavier_uniform_(torch.empty(outputs, inputs))));
        if (hasBias) register_parameter("bias", _bias = new Parameter(torch.zeros(outputs)));
    }

    /// <summary>Outputs × inputs.</summary>
    internal Span<float> Weights => _weight.Floats();

    /// <summary>Outputs; not of a layer without a bias.</summary>
    internal Span<float> Bias => _bias!.Floats();

    public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.linear(input, _weight.AlignedWith(input), _bias?.With(input));
}
