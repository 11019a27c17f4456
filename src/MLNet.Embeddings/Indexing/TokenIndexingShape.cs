namespace MLNet.Embeddings;

/// <summary>What a fitted token indexing step holds beside its vocabulary.</summary>
internal sealed record TokenIndexingShape(
    IReadOnlyList<IndexedColumn> Columns, int TermCount, bool Standardize, TokenSplit Split, int NgramLength, int MaxLength, bool FixedLength,
    int? HashBuckets, int? NgramHashBuckets)
    : IndexingShape(Columns, TermCount)
{
    /// <summary>The most keys of a row.</summary>
    internal int MaxKeys => NgramLength * MaxLength;

    private protected override (string, object?)[] KeySettings =>
    [
        (nameof(Standardize), Standardize), (nameof(Split), Split), (nameof(HashBuckets), HashBuckets), (nameof(NgramHashBuckets), NgramHashBuckets),
    ];

    internal override IEnumerable<string> Faults() => base.Faults().Concat(new TokenIndexingOptions
    {
        Split = Split,
        NgramLength = NgramLength,
        MaxLength = MaxLength,
        FixedLength = FixedLength,
        HashBuckets = HashBuckets,
        NgramHashBuckets = NgramHashBuckets,
    }.Faults());
}
