namespace MLNet.Embeddings;

/// <summary>A sequence column: its table and its encoder.</summary>
internal sealed record SequenceShape(string Name, int KeyCount, int Dimensions, SequenceEncoder Encoder) : EmbeddingShape(Name, KeyCount, Dimensions)
{
    internal override int OutputSize => Encoder.OutputSize(Dimensions);

    internal override bool IsPadded => true;

    /// <summary>The layers of a GRU, each with its directions: forward and, if there is one, backward.</summary>
    internal IEnumerable<GruShape[]> GruLayers => Encoder is GruEncoder gru
        ? Enumerable.Range(0, gru.Layers).Select(layer => Enumerable.Range(0, gru.Bidirectional ? 2 : 1)
            .Select(direction => new GruShape(this, layer, Reversed: direction > 0, layer == 0 ? Dimensions : gru.StateSize, gru.Units)).ToArray())
        : [];

    internal string AttentionWeights => WeightName("attention.weight");
    internal string AttentionBias => WeightName("attention.bias");
    internal string AttentionQuery => WeightName("attention.query");

    internal override IEnumerable<(string Name, int[] Extents)> Weights() =>
    [
        .. base.Weights(),
        .. GruLayers.SelectMany(layer => layer).SelectMany(gru => gru.Weights()),
        .. Attends ? [(AttentionWeights, [OutputSize, OutputSize]), (AttentionBias, [OutputSize]), (AttentionQuery, [OutputSize])] : NoWeights,
    ];

    internal override IEnumerable<string> Faults() => [.. base.Faults(), .. Encoder.Faults(Name)];

    private bool Attends => Encoder is PoolingEncoder { Pooling: SequencePooling.Attention } or GruEncoder { Readout: GruReadout.Attention };

    private static (string, int[])[] NoWeights => [];
}
