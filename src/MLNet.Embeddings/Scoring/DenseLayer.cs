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

    internal int Outputs => _weights.Outputs;

    internal void Apply(ReadOnlySpan<float> inputs, Span<float> outputs) => MatrixProduct.Multiply(inputs, rows: 1, _weights, _bias, outputs);
}
