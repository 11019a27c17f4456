namespace MLNet.Embeddings;

/// <summary>The mean, the sum or the element-wise maximum of the terms' vectors.</summary>
internal sealed class PoolingPass(EmbeddingShape shape, SequencePooling pooling, TrainedNetwork network) : SequencePass(shape)
{
    private readonly SequencePooling _pooling = pooling;
    private readonly TermTable _table = new(network.Weights[shape.Table].Values, shape.Dimensions);

    private protected override SequenceBlock CreateBlock(KeyReading.SequenceGetter sequence, int threads) => new Block(this, sequence, threads);

    private sealed class Block(PoolingPass pass, KeyReading.SequenceGetter sequence, int threads) : PooledBlock(sequence, pass.Size, threads)
    {
        private protected override void Encode(int row, Span<float> vector) => VectorPooling.Pool(pass._pooling, new TermVectors(pass._table, KeysOf(row)), vector);
    }
}
