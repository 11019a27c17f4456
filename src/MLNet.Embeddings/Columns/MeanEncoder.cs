namespace MLNet.Embeddings;

/// <summary>The mean of the terms' vectors.</summary>
internal sealed record MeanEncoder : SequenceEncoder
{
    internal override int OutputSize(int dimensions) => dimensions;
}
