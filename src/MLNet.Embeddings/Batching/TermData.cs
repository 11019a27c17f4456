namespace MLNet.Embeddings;

/// <summary>The keys of a column.</summary>
/// <param name="keyCount">The largest key that there may be.</param>
/// <param name="hasUnknown">True if key 1 stands for unknown values.</param>
internal abstract class TermData(int keyCount, bool hasUnknown) : ColumnData
{
    internal int KeyCount => keyCount;

    internal bool HasUnknown => hasUnknown;

    internal sealed override string Extent => $"key count {keyCount}";
}
