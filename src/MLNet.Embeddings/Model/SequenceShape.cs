namespace MLNet.Embeddings;

/// <summary>A sequence column: a table of KeyCount + 1 rows, row 0 (padding) being zeros, and its encoder.</summary>
internal sealed record SequenceShape(string Name, int KeyCount, int Dimensions, SequenceEncoder Encoder) : ColumnShape(Name)
{
    internal override int OutputSize => Encoder.OutputSize(Dimensions);

    internal string Table => WeightName("table");

    // torch.nn.GRU's own names, so that whoever reads the file in Python can load them as they are.
    internal string GruInputWeights => WeightName("gru.weight_ih_l0");
    internal string GruHiddenWeights => WeightName("gru.weight_hh_l0");
    internal string GruInputBias => WeightName("gru.bias_ih_l0");
    internal string GruHiddenBias => WeightName("gru.bias_hh_l0");

    // The parts of what attention learns.
    internal const string AttentionWeights = "attention.weight", AttentionBias = "attention.bias", AttentionQuery = "attention.query";

    internal override IEnumerable<(string Name, int[] Extents)> Weights()
    {
        yield return (Table, [KeyCount + 1, Dimensions]);
        if (Encoder is PoolingEncoder { Pooling: SequencePooling.Attention })
        {
            yield return (WeightName(AttentionWeights), [OutputSize, OutputSize]);
            yield return (WeightName(AttentionBias), [OutputSize]);
            yield return (WeightName(AttentionQuery), [OutputSize]);
        }
        if (Encoder is not GruEncoder { Units: var units }) yield break;
        yield return (GruInputWeights, [3 * units, Dimensions]);
        yield return (GruHiddenWeights, [3 * units, units]);
        yield return (GruInputBias, [3 * units]);
        yield return (GruHiddenBias, [3 * units]);
    }

    internal override IEnumerable<string> Faults() =>
        [.. base.Faults(), .. OutOfRange("key count", KeyCount, int.MaxValue - 1), .. OutOfRange("dimensions", Dimensions, 4096), .. Encoder.Faults(Name)];
}
