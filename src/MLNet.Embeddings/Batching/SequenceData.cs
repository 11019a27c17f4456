namespace MLNet.Embeddings;

/// <summary>The keys of all rows one after the other, padding left out; row i's begin at offsets[i]. HasUnknown says that key 1 stands for unknown terms.</summary>
internal sealed class SequenceData(int[] tokens, int[] offsets, int keyCount, bool hasUnknown) : ColumnData
{
    internal int KeyCount => keyCount;

    internal override long Bytes => sizeof(int) * ((long)tokens.Length + offsets.Length);
    internal override string Extent => $"key count {keyCount}";

    internal bool HasUnknown => hasUnknown;

    internal ReadOnlySpan<int> KeysOf(int row) => tokens.AsSpan(offsets[row], TokensOf(row));

    internal override int TokensOf(int row) => offsets[row + 1] - offsets[row];
}
