namespace MLNet.Embeddings;

/// <summary>A sequence column: a vector of keys, looked up in a trained table and encoded into one vector.</summary>
/// <remarks>Key 0 is padding and is skipped wherever it stands. An empty sequence is legal and encodes to zeros.</remarks>
public sealed record SequenceColumn : EmbeddingColumn
{
    internal SequenceColumn(string name) : base(name) { }

    /// <summary>How the terms' vectors become one vector.</summary>
    /// <value>Default a GRU of 64 units.</value>
    public SequenceEncoder Encoder { get; init; } = SequenceEncoder.Gru();

    /// <summary>True for a column whose keys are to be predicted, so that none of them is turned into the unknown one.</summary>
    internal bool IsTarget { get; init; }

    internal override IEnumerable<string> Faults() =>
        base.Faults().Concat(Encoder is null ? [$"The encoder of column '{Name}' must not be null; leave it out for a GRU."] : Encoder.Faults(Name));

    private protected override int DefaultDimensions(int keyCount) => 64;
}
