namespace MLNet.Embeddings;

/// <summary>What a fitted category indexing step holds beside its vocabulary.</summary>
internal sealed record CategoryIndexingShape(IReadOnlyList<IndexedColumn> Columns, int TermCount, int? HashBuckets, int HashFunctions)
    : IndexingShape(Columns, TermCount)
{
    private protected override (string, object?)[] KeySettings => [(nameof(HashBuckets), HashBuckets), (nameof(HashFunctions), HashFunctions)];

    internal override IEnumerable<string> Faults() =>
        base.Faults().Concat(new CategoryIndexingOptions { HashBuckets = HashBuckets, HashFunctions = HashFunctions }.Faults());
}
