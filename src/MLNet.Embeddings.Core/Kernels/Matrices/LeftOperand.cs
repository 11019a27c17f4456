namespace MLNet.Embeddings;

/// <summary>The left operand of a product: element (row, k) lies at <c>Start[row * RowStride + k * DepthStride]</c>.</summary>
internal readonly unsafe struct LeftOperand(float* start, nint rowStride, nint depthStride)
{
    /// <summary>Element (0, 0).</summary>
    public float* Start { get; } = start;

    /// <summary>From a row to the next.</summary>
    public nint RowStride { get; } = rowStride;

    /// <summary>From an element to the next one that is summed.</summary>
    public nint DepthStride { get; } = depthStride;

    /// <summary>The same from a later row on.</summary>
    public LeftOperand FromRow(nint row) => new(Start + row * RowStride, RowStride, DepthStride);
}
