using TorchSharp;
using TorchSharp.Modules;

namespace MLNet.Embeddings;

/// <summary>Dense layers with relu and dropout behind each hidden one; the last layer gives the scores.</summary>
internal sealed class DenseHead : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly Linear[] _layers;
    private readonly Dropout _dropout;

    internal DenseHead(NetworkShape shape, double dropout) : base("head")
    {
        _layers = [.. Enumerable.Range(0, shape.LayerCount).Select(i => Layer(shape.Layer(i)))];
        for (int i = 0; i < _layers.Length; i++) register_module($"{i}", _layers[i]);
        register_module("dropout", _dropout = torch.nn.Dropout(dropout));
    }

    /// <param name="input">Rows × combined size.</param>
    /// <returns>Rows × outputs.</returns>
    public override torch.Tensor forward(torch.Tensor input)
    {
        foreach (var hidden in _layers[..^1]) input = _dropout.call(hidden.call(input).relu());
        return _layers[^1].call(input);
    }

    internal IEnumerable<(string Name, float[] Values)> Export() => _layers.SelectMany((layer, i) => new[]
    {
        (NetworkShape.LayerWeights(i), layer.weight!.Floats().ToArray()),
        (NetworkShape.LayerBias(i), layer.bias!.Floats().ToArray()),
    });

    /// <summary>A layer with Keras's initial values (keras.layers.Dense): Glorot uniform weights, zero biases.</summary>
    private static Linear Layer((int Inputs, int Outputs) size)
    {
        var layer = torch.nn.Linear(size.Inputs, size.Outputs);
        using var noGradients = torch.no_grad();
        torch.nn.init.xavier_uniform_(layer.weight!);
        layer.bias!.zero_();
        return layer;
    }
}
