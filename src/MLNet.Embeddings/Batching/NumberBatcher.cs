namespace MLNet.Embeddings;

/// <summary>Cuts batches of a number column.</summary>
internal sealed class NumberBatcher(NumberData data, NumberScale scale) : ColumnBatcher
{
    internal override NumberBatch Cut(ReadOnlySpan<int> rows, UnknownDropout unknown)
    {
        float[] values = new float[rows.Length * scale.Width];
        for (int i = 0; i < rows.Length; i++) scale.Apply(data.ValuesOf(rows[i]), values.AsSpan(i * scale.Width, scale.Width));
        return new NumberBatch(values, scale.Width);
    }
}
