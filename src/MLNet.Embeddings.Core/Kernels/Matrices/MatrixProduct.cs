using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>Products of matrices of single precision, row-major, on the calling thread.</summary>
internal static unsafe class MatrixProduct
{
    /// <summary>Rows that pass all panels together, so that they stay in the cache meanwhile; whole tiles.</summary>
    private const int BlockRows = 96;

    /// <summary>y (rows, outputs) = x (rows, inputs) · Wᵀ + bias (outputs, or empty for none); added to what y holds where asked.</summary>
    public static void Multiply(
        ReadOnlySpan<float> x, int rows, PackedMatrix weights, ReadOnlySpan<float> bias, Span<float> y, bool accumulate = false)
    {
        fixed (float* source = x[..(rows * weights.Inputs)], result = y[..(rows * weights.Outputs)])
            Multiply(new LeftOperand(source, weights.Inputs, 1), rows, weights, bias, result, weights.Outputs, accumulate);
    }

    /// <summary>The same for rows that lie strides apart.</summary>
    public static void Multiply(
        LeftOperand x, int rows, PackedMatrix weights, ReadOnlySpan<float> bias, float* y, nint yStride, bool accumulate)
    {
        for (int row = 0; row < rows; row += BlockRows)
            MultiplyBlock(x.FromRow(row), Math.Min(BlockRows, rows - row), weights, bias, y + row * yStride, yStride, accumulate);
        GC.KeepAlive(weights);
    }

    /// <summary>y (rows) = x (rows, inputs) · w (inputs) + bias: a product with one output, for which a tile would be mostly empty.</summary>
    public static void MultiplyByVector(ReadOnlySpan<float> x, int rows, ReadOnlySpan<float> weights, float bias, Span<float> y)
    {
        for (int row = 0; row < rows; row++)
            y[row] = TensorPrimitives.Dot(x.Slice(row * weights.Length, weights.Length), weights) + bias;
    }

    /// <summary>c (rows, columns) = aᵀ · b for a (depth, rows) and b (depth, columns): the gradient of weights.</summary>
    /// <param name="a">The left operand.</param>
    /// <param name="aStride">From a row of a to the next, at least rows.</param>
    /// <param name="rows">Columns of a that are used.</param>
    /// <param name="b">The right operand.</param>
    /// <param name="bStride">From a row of b to the next, at least its columns.</param>
    /// <param name="depth">How many products are summed.</param>
    /// <param name="c">The result, (rows, columns).</param>
    /// <param name="workspace">Memory to work in, for the columns of b; one thread at a time.</param>
    /// <param name="accumulate">Whether the result is added to what c holds.</param>
    public static void MultiplyTransposed(
        ReadOnlySpan<float> a, int aStride, int rows, ReadOnlySpan<float> b, int bStride, int depth,
        Span<float> c, TransposedWorkspace workspace, bool accumulate = false)
    {
        int columns = workspace.Right.Outputs;
        fixed (float* left = a[..Extent(depth, aStride, rows)], right = b[..Extent(depth, bStride, columns)])
        fixed (float* result = c[..(rows * columns)])
            MultiplyTransposed(left, aStride, rows, right, bStride, depth, result, workspace, accumulate);
    }

    /// <summary>The same for addresses.</summary>
    public static void MultiplyTransposed(
        float* a, nint aStride, int rows, float* b, nint bStride, int depth,
        float* c, TransposedWorkspace workspace, bool accumulate)
    {
        PackedMatrix right = workspace.Right;
        nint columns = right.Outputs;
        if (!accumulate)
            Fill(c, columns, rows, right.Outputs, []);
        if (rows == 1)
        {
            RowSums.AddWeighted(a, aStride, b, bStride, depth, c, right.Outputs);
            return;
        }

        for (int first = 0; first < depth; first += right.Inputs)
        {
            int blockDepth = Math.Min(right.Inputs, depth - first);
            right.PackTransposed(b + first * bStride, bStride, blockDepth);
            for (int row = 0; row < rows; row += TransposedWorkspace.StripRows)
            {
                int height = Math.Min(TransposedWorkspace.StripRows, rows - row);
                LeftOperand strip = workspace.PackStrip(a + first * aStride + row, aStride, height, blockDepth);
                var kernel = new PanelKernel(strip, height, right, blockDepth, c + row * columns, columns);
                Simd.Run(ref kernel);
            }
        }

        GC.KeepAlive(workspace);
    }

    /// <summary>Sets each of so many rows to a bias, or to zero where that is empty: a product with nothing.</summary>
    public static void Fill(float* y, nint yStride, int rows, int outputs, ReadOnlySpan<float> bias)
    {
        for (int row = 0; row < rows; row++)
        {
            var result = new Span<float>(y + row * yStride, outputs);
            if (bias.IsEmpty)
                result.Clear();
            else
                bias[..outputs].CopyTo(result);
        }
    }

    private static void MultiplyBlock(
        LeftOperand x, int rows, PackedMatrix weights, ReadOnlySpan<float> bias, float* y, nint yStride, bool accumulate)
    {
        if (!accumulate)
            Fill(y, yStride, rows, weights.Outputs, bias);
        else if (!bias.IsEmpty)
            AddToRows(y, yStride, rows, bias[..weights.Outputs]);

        var kernel = new PanelKernel(x, rows, weights, weights.Inputs, y, yStride);
        Simd.Run(ref kernel);
    }

    private static void AddToRows(float* y, nint yStride, int rows, ReadOnlySpan<float> bias)
    {
        for (int row = 0; row < rows; row++)
        {
            var result = new Span<float>(y + row * yStride, bias.Length);
            TensorPrimitives.Add(result, bias, result);
        }
    }

    private static int Extent(int rows, int stride, int columns) => rows == 0 ? 0 : checked((rows - 1) * stride + columns);
}
