namespace MLNet.Embeddings;

/// <summary>The mean of the terms' vectors, weighted by attention. A term's score does not depend on the sentence.</summary>
internal sealed class AttentionPass(SequenceShape shape, TrainedNetwork network) : SequencePass(shape)
{
    private readonly TermTable _table = new(network.Weights[shape.Table].Values, shape.Dimensions);
    private readonly TermScores _scores = new(shape, network);

    private protected override SequenceBlock CreateBlock(KeyReading.SequenceGetter sequence, int threads) => new Block(this, sequence, threads);

    private sealed class Block(AttentionPass pass, KeyReading.SequenceGetter sequence, int threads) : PooledBlock(sequence, pass.Size, threads)
    {
        private float[] _scores = [];

        private protected override void Prepare(int rows, int threads)
        {
            int tokens = Starts[rows];
            pass._scores.Require(Keys[..tokens], threads);
            if (_scores.Length < tokens) _scores = new float[Keys.Length];
            for (int i = 0; i < tokens; i++) _scores[i] = pass._scores[Keys[i]][0];
        }

        private protected override void Encode(int row, Span<float> vector) =>
            VectorPooling.Attend(new TermVectors(pass._table, KeysOf(row)), _scores.AsSpan(Starts[row], KeysOf(row).Length), vector);
    }
}
