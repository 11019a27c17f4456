namespace MLNet.Embeddings;

/// <summary>A bag column: a vector of keys without order, such as the tags of an article, looked up in a trained table and brought together into one vector.</summary>
/// <remarks>
/// Key 0 is skipped wherever it stands; an empty bag is legal and gives zeros. A network of bags, categories and numbers trains without torch. For texts, see
/// <see cref="SequenceColumn"/>.
/// </remarks>
public sealed record BagColumn : EmbeddingColumn
{
    internal BagColumn(string name) : base(name) { }

    /// <summary>How the vectors of a bag's keys become one vector.</summary>
    /// <value>Default the mean.</value>
    public BagPooling Pooling { get; init; }

    internal override IEnumerable<string> Faults() =>
        base.Faults().Concat(Enum.IsDefined(Pooling) ? [] : [$"The pooling {Pooling} of column '{Name}' is not known."]);
}
