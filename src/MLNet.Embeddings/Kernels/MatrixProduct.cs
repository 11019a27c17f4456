using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>Products of matrices of single precision, row-major, on the calling thread.</summary>
internal static unsafe class MatrixProduct
{
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
        for (int row = 0; row < rows; row++)
            Begin(new Span<float>(y + row * yStride, weights.Outputs), bias, accumulate);
        var kernel = new PanelKernel(x, rows, weights, weights.Inputs, y, yStride);
        Simd.Run(ref kernel);
        GC.KeepAlive(weights);
    }

    private static void Begin(Span<float> y, ReadOnlySpan<float> bias, bool accumulate)
    {
        if (accumulate && !bias.IsEmpty)
            TensorPrimitives.Add(y, bias, y);
        else if (!bias.IsEmpty)
            bias[..y.Length].CopyTo(y);
        else if (!accumulate)
            y.Clear();
    }
}
