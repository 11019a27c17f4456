namespace MLNet.Embeddings;

/// <summary>Cuts batches of a category column.</summary>
internal sealed class CategoryBatcher(CategoryData data, TermIndex index) : ColumnBatcher
{
    internal override CategoryBatch Cut(ReadOnlySpan<int> rows, UnknownDropout unknown)
    {
        int[] termOfRow = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            int key = data.KeyOf(rows[i]);
            termOfRow[i] = index.NumberOf(data.HasUnknown ? unknown.Apply(key) : key);
        }
        return new CategoryBatch([], termOfRow);
    }
}
