namespace MLNet.Embeddings;

/// <summary>A sequence column: its table and its encoder.</summary>
internal sealed record SequenceShape(string Name, int KeyCount, int Dimensions, SequenceEncoder Encoder) : EmbeddingShape(Name, KeyCount, Dimensions)
{
    internal override int OutputSize => Encoder.OutputSize(Dimensions);

    internal override bool IsPadded => true;

    /// <summary>The layers of a recurrent encoder, each with its directions: forward and, if there is one, backward.</summary>
    internal IEnumerable<RecurrentShape[]> RecurrentLayers => Encoder is RecurrentEncoder encoder
        ? Enumerable.Range(0, encoder.Layers).Select(layer => Enumerable.Range(0, encoder.Bidirectional ? 2 : 1)
            .Select(direction => new RecurrentShape(
                this, encoder is LstmEncoder, layer, Reversed: direction > 0, layer == 0 ? Dimensions : encoder.StateSize, encoder.Units)).ToArray())
        : [];

    /// <summary>The convolutions of the encoder, in the order of their widths there: so their results are concatenated.</summary>
    internal IEnumerable<ConvolutionShape> Convolutions => Encoder is ConvolutionEncoder encoder
        ? encoder.Widths.Select(width => new ConvolutionShape(this, width, Dimensions, encoder.Filters))
        : [];

    /// <summary>How the states of a recurrent encoder are pooled; null to take the last ones.</summary>
    internal SequencePooling? Readout => (Encoder as RecurrentEncoder)?.Pooling;

    /// <summary>Share of the states between two layers to drop.</summary>
    internal double StateDropout => (Encoder as RecurrentEncoder)?.Dropout ?? 0;

    internal string AttentionWeights => WeightName("attention.weight");
    internal string AttentionBias => WeightName("attention.bias");
    internal string AttentionQuery => WeightName("attention.query");

    internal override IEnumerable<(string Name, int[] Extents)> Weights() =>
    [
        .. base.Weights(),
        .. RecurrentLayers.SelectMany(layer => layer).SelectMany(direction => direction.Weights()),
        .. Convolutions.SelectMany(convolution => convolution.Weights()),
        .. Attends ? [(AttentionWeights, [OutputSize, OutputSize]), (AttentionBias, [OutputSize]), (AttentionQuery, [OutputSize])] : NoWeights,
    ];

    internal override IEnumerable<string> Faults() => [.. base.Faults(), .. Encoder.Faults(Name)];

    private bool Attends => Encoder is PoolingEncoder { Pooling: SequencePooling.Attention } or RecurrentEncoder { Readout: GruReadout.Attention };

    private static (string, int[])[] NoWeights => [];
}

/// <summary>One direction of one layer of a sequence column's recurrent encoder: what it reads, and its arrays.</summary>
/// <param name="Column">The column.</param>
/// <param name="IsLstm">True for a long short-term memory, false for a gated recurrent unit.</param>
/// <param name="Layer">Number of the layer, from 0.</param>
/// <param name="Reversed">True for the one that reads backward.</param>
/// <param name="Inputs">Length of the vectors that it reads.</param>
/// <param name="Units">Length of its states.</param>
internal sealed record RecurrentShape(SequenceShape Column, bool IsLstm, int Layer, bool Reversed, int Inputs, int Units)
{
    /// <summary>Rows of the weights: the units of all gates.</summary>
    internal int Gates => (IsLstm ? 4 : 3) * Units;

    // The own names of torch.nn.GRU and torch.nn.LSTM, so that whoever reads the file in Python can load them as they are.
    internal string InputWeights => Name("weight_ih");
    internal string HiddenWeights => Name("weight_hh");
    internal string InputBias => Name("bias_ih");
    internal string HiddenBias => Name("bias_hh");

    internal IEnumerable<(string Name, int[] Extents)> Weights() =>
        [(InputWeights, [Gates, Inputs]), (HiddenWeights, [Gates, Units]), (InputBias, [Gates]), (HiddenBias, [Gates])];

    private string Name(string array) => Column.WeightName($"{(IsLstm ? "lstm" : "gru")}.{array}_l{Layer}{(Reversed ? "_reverse" : "")}");
}

/// <summary>The convolution of one width of a sequence column: what it reads, and its arrays.</summary>
/// <param name="Column">The column.</param>
/// <param name="Width">How many neighbouring terms it sees.</param>
/// <param name="Inputs">Length of the vectors that it reads.</param>
/// <param name="Filters">Length of what it gives.</param>
internal sealed record ConvolutionShape(SequenceShape Column, int Width, int Inputs, int Filters)
{
    /// <summary>(filters, width · inputs), term after term of a window.</summary>
    internal string Weight => Column.WeightName($"convolution.{Width}.weight");

    /// <summary>(filters).</summary>
    internal string Bias => Column.WeightName($"convolution.{Width}.bias");

    internal IEnumerable<(string Name, int[] Extents)> Weights() => [(Weight, [Filters, Width * Inputs]), (Bias, [Filters])];
}
