namespace MLNet.Embeddings;

/// <summary>A bag column: the mean or the sum of rows of its table.</summary>
internal sealed record BagShape(string Name, int KeyCount, int Dimensions, BagPooling Pooling) : EmbeddingShape(Name, KeyCount, Dimensions)
{
    /// <summary>The pooling in the terms of sequences.</summary>
    internal SequencePooling SequencePooling => Pooling == BagPooling.Sum ? SequencePooling.Sum : SequencePooling.Mean;

    internal override int OutputSize => Dimensions;

    internal override bool IsPadded => true;

    internal override IEnumerable<string> Faults() =>
        Enum.IsDefined(Pooling) ? base.Faults() : base.Faults().Append($"The pooling {Pooling} of column '{Name}' is not known.");
}
