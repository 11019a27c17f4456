namespace MLNet.Embeddings;

/// <summary>Cuts batches of a sequence column.</summary>
internal sealed class SequenceBatcher(SequenceData data, TermIndex index) : ColumnBatcher
{
    internal override SequenceBatch Cut(ReadOnlySpan<int> rows, UnknownDropout unknown)
    {
        int[] lengths = new int[rows.Length];
        int tokens = 0;
        for (int i = 0; i < rows.Length; i++) tokens += lengths[i] = data.TokensOf(rows[i]);

        int[] termOfToken = new int[tokens];
        int position = 0;
        foreach (int row in rows)
        {
            foreach (int key in data.KeysOf(row)) termOfToken[position++] = index.NumberOf(data.HasUnknown ? unknown.Apply(key) : key);
        }
        return new SequenceBatch([], lengths, termOfToken);
    }
}
