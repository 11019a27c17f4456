namespace MLNet.Embeddings;

/// <summary>A dense layer without activation: weights times inputs, plus a bias. Immutable.</summary>
internal sealed class DenseLayer
{
    private readonly PackedMatrix _weights;
    private readonly float[] _bias;

    internal DenseLayer(TrainedNetwork network, int index)
    {
        var (inputs, outputs) = network.Shape.Layer(index);
        _weights = PackedMatrix.Of(network[NetworkShape.LayerWeights(index)], outputs, inputs);
        _bias = network.Weights[NetworkShape.LayerBias(index)].Values;
    }

    internal int Inputs => _weights.Inputs;

    internal int Outputs => _weights.Outputs;

    /// <summary>From rows of inputs to as many rows of outputs.</summary>
    internal void Apply(ReadOnlySpan<float> inputs, int rows, Span<float> outputs) => MatrixProduct.Multiply(inputs, rows, _weights, _bias, outputs);
}
