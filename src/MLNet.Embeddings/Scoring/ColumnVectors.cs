namespace MLNet.Embeddings;

/// <summary>The vectors of one column for the rows of a block, which lie among those of the other columns.</summary>
/// <param name="memory">The vectors of all columns, row after row.</param>
/// <param name="start">Where the column's first one begins.</param>
/// <param name="stride">From a row's vector to the next.</param>
/// <param name="size">Length of a vector.</param>
internal readonly struct ColumnVectors(float[] memory, int start, int stride, int size)
{
    /// <summary>The vector of a row.</summary>
    internal Span<float> this[int row] => memory.AsSpan(start + row * stride, size);
}
