namespace MLNet.Embeddings;

/// <summary>The last state of a gated recurrent unit that starts from zeros and reads the terms in order.</summary>
internal sealed class GruPass(SequenceShape shape, TrainedNetwork network) : SequencePass(shape)
{
    private readonly TermProjections _projections = new(shape, network);
    private readonly PackedMatrix _recurrentWeights = PackedMatrix.Of(network[shape.GruHiddenWeights], 3 * shape.OutputSize, shape.OutputSize);
    private readonly float[] _recurrentBias = network.Weights[shape.GruHiddenBias].Values;

    private protected override SequenceBlock CreateBlock(KeyReading.SequenceGetter sequence, int threads) =>
        new GruBlock(sequence, _projections, _recurrentWeights, _recurrentBias, threads);
}
