namespace MLNet.Embeddings;

/// <summary>The scores of vectors by attention: q · tanh(W e + b), as training computes them. Immutable.</summary>
internal sealed class AttentionLayer(SequenceShape shape, TrainedNetwork network)
{
    private readonly PackedMatrix _weights = PackedMatrix.Of(network[shape.AttentionWeights], shape.OutputSize, shape.OutputSize);
    private readonly float[] _bias = network.Weights[shape.AttentionBias].Values;
    private readonly float[] _query = network.Weights[shape.AttentionQuery].Values;

    /// <summary>Length of a vector.</summary>
    internal int Width => _query.Length;

    /// <param name="vectors">(vectors, width).</param>
    /// <param name="count">How many vectors.</param>
    /// <param name="scratch">Room for as many numbers as the vectors have.</param>
    /// <param name="scores">Receives a score for each.</param>
    internal void Score(ReadOnlySpan<float> vectors, int count, Span<float> scratch, Span<float> scores)
    {
        scratch = scratch[..(count * Width)];
        MatrixProduct.Multiply(vectors, count, _weights, _bias, scratch);
        Activation.Tanh(scratch);
        MatrixProduct.MultiplyByVector(scratch, count, _query, 0, scores);
    }
}
