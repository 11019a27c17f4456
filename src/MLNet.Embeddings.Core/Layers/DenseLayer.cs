using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>y = W x + b for rows of x. Any number of threads may use it at once, each for a part of its own, but for packing.</summary>
internal sealed unsafe class DenseLayer
{
    /// <summary>Products that are worth a thread where all rows are taken together.</summary>
    private const long ProductsPerThread = 500_000;

    private readonly Parameter _weights;
    private readonly Parameter? _bias;
    private readonly int _weightsStart, _biasStart, _threads;
    private readonly PackedMatrix? _forward, _backward;
    private readonly TransposedWorkspace?[] _workspaces;

    /// <param name="context">What the layers of the network share.</param>
    /// <param name="weights">W, (outputs, inputs), or several such.</param>
    /// <param name="bias">b, (outputs), or several such; null for none.</param>
    /// <param name="inputs">Length of a row of x.</param>
    /// <param name="outputs">Length of a row of y.</param>
    /// <param name="index">Which of several.</param>
    internal DenseLayer(LayerContext context, Parameter weights, Parameter? bias, int inputs, int outputs, int index = 0)
    {
        (_weights, _bias, _weightsStart, _biasStart, Inputs, Outputs) = (weights, bias, index * outputs * inputs, index * outputs, inputs, outputs);
        _threads = context.Threads;
        _workspaces = new TransposedWorkspace?[_threads];
        if (context.Parameters.IsFixed)
            _forward = outputs == 1 ? null : context.Parameters.Share($"{weights.Name}[{index}]", () => PackedMatrix.Of(Weights, outputs, inputs));
        else (_forward, _backward) = (new(outputs, inputs), new(inputs, outputs));
    }

    /// <summary>A layer with Keras's initial values (keras.layers.Dense): Glorot-uniform weights and a bias of zeros.</summary>
    /// <param name="context">What the layers of the network share.</param>
    /// <param name="weights">Name of the weights.</param>
    /// <param name="bias">Name of the bias; null for none.</param>
    /// <param name="inputs">Length of a row of x.</param>
    /// <param name="outputs">Length of a row of y.</param>
    internal static DenseLayer Of(LayerContext context, string weights, string? bias, int inputs, int outputs) => new(
        context, context.Matrix(weights, Initializers.Glorot(inputs, outputs), outputs, inputs),
        bias is null ? null : context.Vector(bias, Initializers.Zeros, outputs), inputs, outputs);

    internal int Inputs { get; }

    internal int Outputs { get; }

    private Span<float> Weights => _weights.Values.Slice(_weightsStart, Outputs * Inputs);

    private ReadOnlySpan<float> Bias => _bias is null ? [] : _bias.Values.Slice(_biasStart, Outputs);

    /// <summary>Lays the weights out as they are now.</summary>
    internal void Pack(bool backward)
    {
        if (Outputs > 1) _forward!.Pack(Weights);
        if (backward) _backward!.PackTransposed(Weights);
    }

    /// <summary>From rows of x to rows of y.</summary>
    internal void Forward(ReadOnlySpan<float> x, int rows, Span<float> y) => Forward(x, Inputs, rows, y, Outputs);

    /// <summary>The same for rows that lie strides apart.</summary>
    internal void Forward(ReadOnlySpan<float> x, int xStride, int rows, Span<float> y, int yStride)
    {
        if (rows == 0) return;
        if (Outputs == 1)
        {
            float bias = _bias is null ? 0 : Bias[0];
            var weights = Weights;
            for (int row = 0; row < rows; row++) y[row * yStride] = TensorPrimitives.Dot(x.Slice(row * xStride, Inputs), weights) + bias;
            return;
        }
        fixed (float* source = x[..Extent(rows, xStride, Inputs)], result = y[..Extent(rows, yStride, Outputs)])
            MatrixProduct.Multiply(new LeftOperand(source, xStride, 1), rows, _forward!, Bias, result, yStride, accumulate: false);
    }

    /// <summary>From the gradients of rows of y to those of weights and bias, which are added to sums, and to those of x.</summary>
    /// <param name="part">Number of the thread's part of the batch.</param>
    /// <param name="x">Rows of x.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="yGradients">Their gradients by y.</param>
    /// <param name="xGradients">Receives those by x; empty if they are not wanted.</param>
    /// <param name="sums">What gradients of dense parameters are added to.</param>
    internal void Backward(int part, ReadOnlySpan<float> x, int rows, ReadOnlySpan<float> yGradients, Span<float> xGradients, float[] sums) =>
        Backward(part, x, Inputs, rows, yGradients, Outputs, xGradients, Inputs, sums);

    /// <summary>The same for rows that lie strides apart.</summary>
    internal void Backward(
        int part, ReadOnlySpan<float> x, int xStride, int rows, ReadOnlySpan<float> yGradients, int yStride, Span<float> xGradients, int xGradientStride,
        float[] sums)
    {
        if (rows == 0) return;
        var workspace = _workspaces[part] ??= new TransposedWorkspace(Inputs);
        float one = 1;
        fixed (float* values = x[..Extent(rows, xStride, Inputs)], outer = yGradients[..Extent(rows, yStride, Outputs)])
        fixed (float* weightSums = _weights.In(sums).Slice(_weightsStart, Outputs * Inputs))
        {
            MatrixProduct.MultiplyTransposed(outer, yStride, Outputs, values, xStride, rows, weightSums, workspace, accumulate: true);
            if (_bias is not null)
            {
                fixed (float* biasSums = _bias.In(sums).Slice(_biasStart, Outputs)) RowSums.AddWeighted(&one, 0, outer, yStride, rows, biasSums, Outputs);
            }
            if (xGradients.IsEmpty) return;
            fixed (float* inner = xGradients[..Extent(rows, xGradientStride, Inputs)])
                MatrixProduct.Multiply(new LeftOperand(outer, yStride, 1), rows, _backward!, [], inner, xGradientStride, accumulate: false);
        }
    }

    /// <summary>From rows of x to rows of y, on as many threads as pay.</summary>
    internal void ForwardAll(ReadOnlySpan<float> x, int rows, Span<float> y)
    {
        int least = LeastOf(rows, rows);
        if (_threads == 1 || rows < 2 * least) Forward(x, rows, y);
        else ForwardParallel(x, rows, y, least);
    }

    /// <summary>The gradients of all rows, on as many threads as pay: rows are dealt out for those of x, outputs for those of the weights.</summary>
    /// <param name="x">Rows of x.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="yGradients">Their gradients by y.</param>
    /// <param name="xGradients">Receives those by x; empty if they are not wanted.</param>
    /// <param name="sums">What gradients of dense parameters are added to.</param>
    internal void BackwardAll(ReadOnlySpan<float> x, int rows, ReadOnlySpan<float> yGradients, Span<float> xGradients, float[] sums)
    {
        if (rows == 0) return;
        fixed (float* from = x, by = yGradients, to = xGradients, weights = _weights.In(sums).Slice(_weightsStart, Outputs * Inputs))
        {
            float* values = from, outer = by, inner = to, weightSums = weights;
            Parts.Run(_threads, Outputs, LeastOf(Outputs, rows), (part, start, end) => MatrixProduct.MultiplyTransposed(
                outer + start, Outputs, end - start, values, Inputs, rows, weightSums + (nint)start * Inputs,
                _workspaces[part] ??= new TransposedWorkspace(Inputs), accumulate: true));
            if (inner != null)
            {
                Parts.Run(_threads, rows, LeastOf(rows, rows), (_, start, end) => MatrixProduct.Multiply(
                    new LeftOperand(outer + (nint)start * Outputs, Outputs, 1), end - start, _backward!, [], inner + (nint)start * Inputs, Inputs,
                    accumulate: false));
            }
        }
        if (_bias is not null) RowSums.Add(yGradients, rows, _bias.In(sums).Slice(_biasStart, Outputs));
    }

    // Apart, so that work for one thread allocates nothing.
    private void ForwardParallel(ReadOnlySpan<float> x, int rows, Span<float> y, int least)
    {
        fixed (float* from = x, to = y)
        {
            float* source = from, result = to;
            Parts.Run(_threads, rows, least, (_, start, end) => Forward(
                new(source + (nint)start * Inputs, (end - start) * Inputs), end - start, new(result + (nint)start * Outputs, (end - start) * Outputs)));
        }
    }

    private int LeastOf(int count, int rows) => Parts.Least(count, (long)rows * Inputs * Outputs, ProductsPerThread);

    private static int Extent(int rows, int stride, int width) => checked((rows - 1) * stride + width);
}
