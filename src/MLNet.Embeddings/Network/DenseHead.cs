using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>Hidden layers, and an output layer that gives the scores.</summary>
internal sealed class DenseHead : HeadModule
{
    private readonly HiddenLayer[] _hidden;
    private readonly DenseModule _output;

    internal DenseHead(NetworkShape shape, double dropout)
    {
        int inputs = shape.CombinedSize;
        _hidden = new HiddenLayer[shape.Head.HiddenUnits.Count];
        for (int i = 0; i < _hidden.Length; i++)
        {
            register_module($"{i}", _hidden[i] = new HiddenLayer(shape.Head, i, inputs, dropout));
            inputs = shape.Head.HiddenUnits[i];
        }
        register_module("output", _output = new DenseModule(inputs, shape.Outputs));
    }

    /// <param name="input">Rows × combined size.</param>
    /// <returns>Rows × outputs.</returns>
    public override torch.Tensor forward(torch.Tensor input) => _output.call(_hidden.Aggregate(input, (values, layer) => layer.call(values)));

    internal override IEnumerable<LearnedArray> Arrays() => _hidden.SelectMany(layer => layer.Arrays()).Concat(
    [
        new(HeadShape.LayerWeights(_hidden.Length), () => _output.Weights),
        new(HeadShape.LayerBias(_hidden.Length), () => _output.Bias),
    ]);
}
