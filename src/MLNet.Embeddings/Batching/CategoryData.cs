namespace MLNet.Embeddings;

/// <summary>A key per row.</summary>
internal sealed class CategoryData(int[] keys, int keyCount, bool hasUnknown) : TermData(keyCount, hasUnknown)
{
    internal override long Bytes => sizeof(int) * (long)keys.Length;

    internal int KeyOf(int row) => keys[row];

    internal override void CountKeys(ReadOnlySpan<int> rows, long[] counts)
    {
        foreach (int row in rows)
        {
            if (keys[row] > 0) counts[keys[row]]++;
        }
    }
}
