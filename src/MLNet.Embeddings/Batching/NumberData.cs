namespace MLNet.Embeddings;

/// <summary>The numbers of all rows, row after row, as given; NaN is missing.</summary>
internal sealed class NumberData(float[] values, int size) : ColumnData
{
    internal int Size => size;

    internal override long Bytes => sizeof(float) * (long)values.Length;
    internal override string Extent => $"vector length {size}";

    internal ReadOnlySpan<float> ValuesOf(int row) => values.AsSpan(row * size, size);
}
