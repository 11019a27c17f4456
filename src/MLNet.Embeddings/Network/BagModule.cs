using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>Looks the keys of a bag up in its table and brings them together.</summary>
internal sealed class BagModule(BagShape shape, TorchTable table, LearningSettings settings) : ColumnModule(shape)
{
    private readonly PoolingLayer _pooling = PoolingLayer.Of(shape.SequencePooling, shape.Dimensions, settings.Threads);

    internal override torch.Tensor Encode(ColumnBatch batch)
    {
        var (terms, lengths, termOfToken) = (SequenceBatch)batch;
        _pooling.Rows.Set(lengths, termOfToken, terms.Length);
        return _pooling.Pool(table.Vectors);
    }

    internal override IEnumerable<LearnedArray> Arrays() => [];
}
