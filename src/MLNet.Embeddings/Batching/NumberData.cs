namespace MLNet.Embeddings;

/// <summary>The numbers of all rows, row after row, as given; NaN is missing.</summary>
/// <param name="values">Rows × size.</param>
/// <param name="size">Numbers of a row.</param>
/// <param name="encoder">How they become vectors; <see cref="NumberEncoder.Standard"/> when left out.</param>
internal sealed class NumberData(float[] values, int size, NumberEncoder? encoder = null) : ColumnData
{
    internal int Size => size;

    internal NumberEncoder Encoder { get; } = encoder ?? NumberEncoder.Standard();

    internal override long Bytes => sizeof(float) * (long)values.Length;
    internal override string Extent => $"vector length {size}";

    internal ReadOnlySpan<float> ValuesOf(int row) => values.AsSpan(row * size, size);
}
