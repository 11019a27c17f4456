using TorchSharp;
using TorchSharp.Modules;

namespace MLNet.Embeddings;

/// <summary>A hidden layer of an <see cref="EnsembleHead"/>.</summary>
internal sealed class EnsembleLayer : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly int _index, _members, _inputs, _units;
    private readonly Parameter _weights, _bias, _inputScales, _outputScales;
    private readonly HiddenFunction _function;

    internal EnsembleLayer(HeadShape shape, int index, int inputs, double dropout) : base($"hidden{index}")
    {
        (_index, _members, _inputs, _units) = (index, shape.EnsembleSize, inputs, shape.HiddenUnits[index]);
        double range = Math.Sqrt(6.0 / (inputs + _units));
        var signs = torch.randint(0, 2, [_members * inputs]).to(torch.float32) * 2 - 1;
        register_parameter("weight", _weights = new Parameter(torch.empty(_units, inputs).uniform_(-range, range)));
        // Vectors rather than matrices, so that they do not decay.
        register_parameter("bias", _bias = new Parameter(torch.zeros(_members * _units)));
        register_parameter("r", _inputScales = new Parameter(index == 0 ? signs : torch.ones(_members * inputs)));
        register_parameter("s", _outputScales = new Parameter(torch.ones(_members * _units)));
        register_module("function", _function = new HiddenFunction(shape, index, dropout));
    }

    /// <param name="input">Members × rows × inputs, or 1 × rows × inputs.</param>
    /// <returns>Members × rows × units.</returns>
    public override torch.Tensor forward(torch.Tensor input)
    {
        var products = (input * _inputScales.With(input).view(_members, 1, _inputs)).matmul(_weights.AlignedWith(input).t());
        return _function.call(products * _outputScales.With(input).view(_members, 1, _units) + _bias.With(input).view(_members, 1, _units));
    }

    internal IEnumerable<LearnedArray> Arrays() => _function.Arrays().Concat(
    [
        new(HeadShape.LayerWeights(_index), () => _weights.Floats()),
        new(HeadShape.LayerBias(_index), () => _bias.Floats()),
        new(HeadShape.InputScales(_index), () => _inputScales.Floats()),
        new(HeadShape.OutputScales(_index), () => _outputScales.Floats()),
    ]);
}
