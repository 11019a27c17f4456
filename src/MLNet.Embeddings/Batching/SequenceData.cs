namespace MLNet.Embeddings;

/// <summary>The keys of all rows one after the other, padding left out; row i's begin at offsets[i].</summary>
internal sealed class SequenceData(int[] tokens, int[] offsets, int keyCount, bool hasUnknown) : TermData(keyCount, hasUnknown)
{
    internal override long Bytes => sizeof(int) * ((long)tokens.Length + offsets.Length);

    internal override void CountKeys(ReadOnlySpan<int> rows, long[] counts)
    {
        foreach (int row in rows)
        {
            foreach (int key in KeysOf(row)) counts[key]++;
        }
    }

    internal ReadOnlySpan<int> KeysOf(int row) => tokens.AsSpan(offsets[row], TokensOf(row));

    internal override int TokensOf(int row) => offsets[row + 1] - offsets[row];
}
