namespace MLNet.Embeddings;

/// <summary>Layers of gated recurrent units that start from zeros, and what of the last one's states is read out.</summary>
internal sealed class GruPass : SequencePass
{
    private readonly GruDirection[][] _layers;

    internal GruPass(SequenceShape shape, GruEncoder encoder, TrainedNetwork network) : base(shape)
    {
        _layers = [.. shape.GruLayers.Select(layer => layer.Select((gru, i) => new GruDirection(gru, i * gru.Units, network)).ToArray())];
        Pooling = encoder.Pooling;
        if (Pooling == SequencePooling.Attention) Attention = new AttentionLayer(shape, network);
    }

    /// <summary>The layers, each with its directions.</summary>
    internal GruDirection[][] Layers => _layers;

    /// <summary>How the states of the last layer are brought together; null to take the last ones.</summary>
    internal SequencePooling? Pooling { get; }

    /// <summary>What scores the states where attention pools them.</summary>
    internal AttentionLayer? Attention { get; }

    /// <summary>True if the last states of one layer are all that is wanted.</summary>
    internal bool IsPlain => _layers.Length == 1 && Pooling is null;

    private protected override SequenceBlock CreateBlock(KeyReading.SequenceGetter sequence, int threads) => new GruBlock(this, sequence, threads);
}
