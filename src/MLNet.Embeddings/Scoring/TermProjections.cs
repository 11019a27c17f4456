namespace MLNet.Embeddings;

/// <summary>What each term gives to the gates of a GRU: input weights times the term's vector, plus the input bias, 3 × units numbers.</summary>
internal sealed class TermProjections(SequenceShape shape, TrainedArrays network, PackedMatrix weights, float[] bias)
    : TermValues(new TermTable(network.Weights[shape.Table].Values, shape.Dimensions), shape.KeyCount, weights.Outputs)
{
    private protected override void Compute(ReadOnlySpan<float> terms, int count, Span<float> values) =>
        MatrixProduct.Multiply(terms, count, weights, bias, values);
}
