namespace MLNet.Embeddings;

/// <summary>What each term gives to the gates of a GRU: input weights times the term's vector, plus the input bias.</summary>
/// <remarks>
/// It does not depend on the sentence, so it is computed when a term is first met and kept: 3 × units floats per term that occurs. Several threads may
/// compute the same term at once; they get equal numbers, and one of the arrays stays.
/// </remarks>
internal sealed class TermProjections(SequenceShape shape, TrainedNetwork network)
{
    private readonly TermTable _table = new(network.Weights[shape.Table].Values, shape.Dimensions);
    private readonly PackedMatrix _weights = PackedMatrix.Of(network[shape.GruInputWeights], 3 * shape.OutputSize, shape.Dimensions);
    private readonly float[] _bias = network.Weights[shape.GruInputBias].Values;
    private readonly float[]?[] _known = new float[shape.KeyCount + 1][];

    /// <summary>The projection of a term, 3 × units.</summary>
    internal ReadOnlySpan<float> this[int key] => Volatile.Read(ref _known[key]) ?? Compute(key);

    private float[] Compute(int key)
    {
        float[] projection = new float[_weights.Outputs];
        MatrixProduct.Multiply(_table[key], rows: 1, _weights, _bias, projection);
        Volatile.Write(ref _known[key], projection);
        return projection;
    }
}
