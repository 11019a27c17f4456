using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>The mean of the terms' vectors.</summary>
internal sealed class MeanPass(SequenceShape shape, TrainedNetwork network) : SequencePass(shape)
{
    private readonly TermTable _table = new(network.Weights[shape.Table].Values, shape.Dimensions);

    private protected override void EncodeTerms(ReadOnlySpan<int> keys, Span<float> vector, Span<float> scratch)
    {
        _table[keys[0]].CopyTo(vector);
        foreach (int key in keys[1..]) TensorPrimitives.Add(vector, _table[key], vector);
        TensorPrimitives.Divide(vector, keys.Length, vector);
    }
}
