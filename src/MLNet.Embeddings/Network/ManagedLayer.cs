using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>A dense layer that learns, on its part of a <see cref="ParameterBlock"/>.</summary>
/// <param name="block">The block.</param>
/// <param name="inputs">Values per row that go in.</param>
/// <param name="outputs">Values per row that come out.</param>
/// <param name="weights">Where the weights, outputs × inputs, stand in the block.</param>
/// <param name="bias">Where the bias stands in the block.</param>
internal sealed class ManagedLayer(ParameterBlock block, int inputs, int outputs, int weights, int bias)
{
    private readonly PackedMatrix _forward = new(outputs, inputs), _backward = new(inputs, outputs);
    private readonly TransposedWorkspace _workspace = new(inputs);

    internal int Inputs => inputs;

    internal int Outputs => outputs;

    /// <summary>Outputs × inputs.</summary>
    internal Span<float> Weights => block.Values.AsSpan(weights, outputs * inputs);

    internal Span<float> Bias => block.Values.AsSpan(bias, outputs);

    /// <summary>Computes rows of outputs.</summary>
    internal void Forward(ReadOnlySpan<float> x, int rows, Span<float> y)
    {
        _forward.Pack(Weights);
        MatrixProduct.Multiply(x, rows, _forward, Bias, y);
    }

    /// <summary>Adds to the gradients of weights and bias, and computes those of the inputs.</summary>
    /// <param name="x">The inputs: rows × inputs.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="yGradients">Rows × outputs.</param>
    /// <param name="xGradients">Receives rows × inputs.</param>
    internal void Backward(ReadOnlySpan<float> x, int rows, ReadOnlySpan<float> yGradients, Span<float> xGradients)
    {
        MatrixProduct.MultiplyTransposed(
            yGradients, outputs, outputs, x, inputs, rows, block.Gradients.AsSpan(weights, outputs * inputs), _workspace, accumulate: true);
        var biasGradients = block.Gradients.AsSpan(bias, outputs);
        for (int row = 0; row < rows; row++) TensorPrimitives.Add(biasGradients, yGradients.Slice(row * outputs, outputs), biasGradients);

        _backward.PackTransposed(Weights);
        MatrixProduct.Multiply(yGradients, rows, _backward, [], xGradients);
    }
}
