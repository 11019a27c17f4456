namespace MLNet.Embeddings;

/// <summary>What each term gives to the gates of a GRU: input weights times the term's vector, plus the input bias, 3 × units numbers.</summary>
internal sealed class TermProjections(SequenceShape shape, TrainedNetwork network)
    : TermValues(new TermTable(network.Weights[shape.Table].Values, shape.Dimensions), shape.KeyCount, 3 * shape.OutputSize)
{
    private readonly PackedMatrix _weights = PackedMatrix.Of(network[shape.GruInputWeights], 3 * shape.OutputSize, shape.Dimensions);
    private readonly float[] _bias = network.Weights[shape.GruInputBias].Values;

    private protected override void Compute(ReadOnlySpan<float> terms, int count, Span<float> values) =>
        MatrixProduct.Multiply(terms, count, _weights, _bias, values);
}
