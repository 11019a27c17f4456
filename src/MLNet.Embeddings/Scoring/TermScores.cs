using System.Buffers;

namespace MLNet.Embeddings;

/// <summary>The score of each term by attention: one number a term.</summary>
internal sealed class TermScores(SequenceShape shape, TrainedNetwork network)
    : TermValues(new TermTable(network.Weights[shape.Table].Values, shape.Dimensions), shape.KeyCount, size: 1)
{
    private readonly AttentionLayer _attention = new(shape, network);

    private protected override void Compute(ReadOnlySpan<float> terms, int count, Span<float> values)
    {
        float[] scratch = ArrayPool<float>.Shared.Rent(count * _attention.Width);
        _attention.Score(terms, count, scratch, values);
        ArrayPool<float>.Shared.Return(scratch);
    }
}
