namespace MLNet.Embeddings;

/// <summary>The element-wise maximum of the terms' vectors.</summary>
internal sealed record MaxEncoder : SequenceEncoder
{
    internal override int OutputSize(int dimensions) => dimensions;
}
