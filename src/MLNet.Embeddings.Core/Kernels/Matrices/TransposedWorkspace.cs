using System.Runtime.CompilerServices;

namespace MLNet.Embeddings;

/// <summary>Memory in which a product with a transposed left operand lays out both, so that it reads neither across its rows.</summary>
/// <param name="columns">Columns of the right operand.</param>
internal sealed unsafe class TransposedWorkspace(int columns)
{
    /// <summary>Rows of the result that are computed together.</summary>
    public const int StripRows = 6;

    /// <summary>Products summed before the result is written: so much of the right operand stays in the second cache.</summary>
    private const int BlockDepth = 192;

    private readonly AlignedFloats _strip = new();

    /// <summary>Room for a block of a right operand.</summary>
    public PackedMatrix Right { get; } = new(columns, BlockDepth);

    /// <summary>Copies up to <see cref="StripRows"/> columns of a left operand, which become rows that lie beside each other.</summary>
    public LeftOperand PackStrip(float* source, nint stride, int height, int depth)
    {
        float* strip = _strip.Require(BlockDepth * StripRows);
        if (height == StripRows)
        {
            // So many bytes, a constant, are moved by two instructions.
            for (nint k = 0; k < depth; k++)
                Unsafe.CopyBlockUnaligned(strip + k * StripRows, source + k * stride, StripRows * sizeof(float));
        }
        else
        {
            for (nint k = 0; k < depth; k++)
                for (nint row = 0; row < height; row++)
                    strip[k * StripRows + row] = source[k * stride + row];
        }

        return new LeftOperand(strip, 1, StripRows);
    }
}

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
