namespace MLNet.Embeddings;

/// <summary>The keys of a column.</summary>
/// <param name="keyCount">The largest key that there may be.</param>
/// <param name="hasUnknown">True if key 1 stands for unknown values.</param>
internal abstract class TermData(int keyCount, bool hasUnknown) : ColumnData
{
    /// <summary>Name of the table that the keys are looked up in together with those of other columns; null for a table of its own.</summary>
    internal string? SharedTable { get; init; }

    internal int KeyCount => keyCount;

    internal bool HasUnknown => hasUnknown;

    /// <summary>Counts the keys of some rows, that of missing values left out.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="counts">Added to, by key.</param>
    internal abstract void CountKeys(ReadOnlySpan<int> rows, long[] counts);

    internal sealed override string Extent => $"key count {keyCount}";
}
