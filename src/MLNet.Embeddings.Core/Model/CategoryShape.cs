namespace MLNet.Embeddings;

/// <summary>A category column: row 0 of its table is the missing value.</summary>
internal sealed record CategoryShape(string Name, int KeyCount, int Dimensions) : EmbeddingShape(Name, KeyCount, Dimensions)
{
    internal override int OutputSize => Dimensions;

    internal override bool IsPadded => false;
}
