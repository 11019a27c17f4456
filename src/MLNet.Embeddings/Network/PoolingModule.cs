using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>Encodes a sequence without regard to the order of its terms.</summary>
internal sealed class PoolingModule : SequenceModule
{
    private readonly SequenceShape _shape;
    private readonly PoolingLayer _pooling;

    internal PoolingModule(SequenceShape shape, SequencePooling pooling, TorchTable table, LearningSettings settings) : base(shape, table, settings)
    {
        _shape = shape;
        _pooling = PoolingLayer.Of(pooling, shape.Dimensions, settings.Threads);
        RegisterComponents();
    }

    protected override torch.Tensor Encode(SequenceBatch batch, torch.Tensor terms)
    {
        _pooling.Rows.Set(batch.Lengths, batch.TermOfToken, batch.Terms.Length);
        return _pooling.Pool(terms);
    }

    internal override IEnumerable<LearnedArray> Arrays() => _pooling.Arrays(_shape);
}
