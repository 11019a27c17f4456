namespace MLNet.Embeddings;

/// <summary>The terms' vectors brought together without regard to their order.</summary>
internal sealed record PoolingEncoder(SequencePooling Pooling) : SequenceEncoder
{
    internal override int OutputSize(int dimensions) => dimensions;

    internal override IEnumerable<string> Faults(string column)
    {
        if (!Enum.IsDefined(Pooling)) yield return $"The pooling {Pooling} of column '{column}' is not known.";
    }
}
