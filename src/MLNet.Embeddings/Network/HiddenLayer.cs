using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>Dense weights, normalisation, activation and dropout.</summary>
internal sealed class HiddenLayer : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly int _index;
    private readonly DenseModule _dense;
    private readonly HiddenFunction _function;

    internal HiddenLayer(HeadShape shape, int index, int inputs, double dropout) : base($"hidden{index}")
    {
        _index = index;
        register_module("dense", _dense = new DenseModule(inputs, shape.HiddenUnits[index]));
        register_module("function", _function = new HiddenFunction(shape, index, dropout));
    }

    public override torch.Tensor forward(torch.Tensor input) => _function.call(_dense.call(input));

    internal IEnumerable<LearnedArray> Arrays() => _function.Arrays().Concat(
    [
        new(HeadShape.LayerWeights(_index), () => _dense.Weights),
        new(HeadShape.LayerBias(_index), () => _dense.Bias),
    ]);
}
