namespace MLNet.Embeddings;

/// <summary>A dense layer without activation: weights times inputs, plus a bias. Immutable.</summary>
internal sealed class DenseLayer
{
    private readonly float[] _weights, _bias;
    private readonly PackedMatrix? _packed;

    internal DenseLayer(TrainedNetwork network, int index)
    {
        (Inputs, Outputs) = network.Shape.Layer(index);
        _weights = network.Weights[NetworkShape.LayerWeights(index)].Values;
        _bias = network.Weights[NetworkShape.LayerBias(index)].Values;
        if (Outputs > 1) _packed = PackedMatrix.Of(_weights, Outputs, Inputs);
    }

    internal int Inputs { get; }

    internal int Outputs { get; }

    /// <summary>From rows of inputs to as many rows of outputs.</summary>
    internal void Apply(ReadOnlySpan<float> inputs, int rows, Span<float> outputs)
    {
        if (_packed is null) MatrixProduct.MultiplyByVector(inputs, rows, _weights, _bias[0], outputs);
        else MatrixProduct.Multiply(inputs, rows, _packed, _bias, outputs);
    }
}
