namespace MLNet.Embeddings;

/// <summary>A key per row. HasUnknown says that key 1 stands for unknown values.</summary>
internal sealed class CategoryData(int[] keys, int keyCount, bool hasUnknown) : ColumnData
{
    internal int KeyCount => keyCount;

    internal bool HasUnknown => hasUnknown;

    internal override long Bytes => sizeof(int) * (long)keys.Length;
    internal override string Extent => $"key count {keyCount}";

    internal int KeyOf(int row) => keys[row];
}
