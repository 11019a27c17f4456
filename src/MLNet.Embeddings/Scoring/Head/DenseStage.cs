namespace MLNet.Embeddings;

/// <summary>A dense layer: weights times inputs, plus a bias, and what hidden layers do behind that.</summary>
internal sealed class DenseStage : HeadStage
{
    private readonly float[] _weights, _bias;
    private readonly PackedMatrix? _packed;
    private readonly HiddenStep? _hidden;

    internal DenseStage(TrainedNetwork network, int index, int inputs, int outputs, HiddenStep? hidden) : base(inputs, outputs)
    {
        _weights = network.Weights[HeadShape.LayerWeights(index)].Values;
        _bias = network.Weights[HeadShape.LayerBias(index)].Values;
        _hidden = hidden;
        if (outputs > 1) _packed = PackedMatrix.Of(_weights, outputs, inputs);
    }

    internal override long Products => (long)Inputs * Outputs;

    internal override void Apply(ReadOnlySpan<float> values, int rows, Span<float> results)
    {
        if (_packed is null) MatrixProduct.MultiplyByVector(values, rows, _weights, _bias[0], results);
        else MatrixProduct.Multiply(values, rows, _packed, _bias, results);
        _hidden?.Apply(results[..(rows * Outputs)]);
    }
}
