namespace MLNet.Embeddings;

/// <summary>A category column: a scalar key that is looked up in a trained table.</summary>
/// <remarks>
/// Key 0 (missing) and key 1 (unknown, for columns made by <c>IndexCategories</c>) have rows of their own, trained like the others.
/// </remarks>
public sealed record CategoryColumn : EmbeddingColumn
{
    internal CategoryColumn(string name) : base(name) { }
}
