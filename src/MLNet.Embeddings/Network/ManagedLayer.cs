namespace MLNet.Embeddings;

/// <summary>A dense layer that learns, on its part of a <see cref="ParameterBlock"/>. Any number of threads may use it at once, but for packing.</summary>
/// <param name="block">The block.</param>
/// <param name="inputs">Values per row that go in.</param>
/// <param name="outputs">Values per row that come out.</param>
/// <param name="weights">Where the weights, outputs × inputs, stand in the block.</param>
/// <param name="bias">Where the bias stands in the block.</param>
internal sealed class ManagedLayer(ParameterBlock block, int inputs, int outputs, int weights, int bias)
{
    private readonly PackedMatrix _forward = new(outputs, inputs), _backward = new(inputs, outputs);

    internal int Inputs => inputs;
    internal int Outputs => outputs;

    /// <summary>Outputs × inputs.</summary>
    internal Span<float> Weights => WeightsIn(block.Values);

    internal Span<float> Bias => BiasIn(block.Values);

    /// <summary>The weights' part of an array of the block's form, such as its gradients.</summary>
    internal Span<float> WeightsIn(float[] values) => values.AsSpan(weights, outputs * inputs);

    /// <summary>The bias's part of an array of the block's form.</summary>
    internal Span<float> BiasIn(float[] values) => values.AsSpan(bias, outputs);

    /// <summary>Lays out the weights as they are now for <see cref="Forward"/>.</summary>
    internal void PackForward()
    {
        if (outputs > 1) _forward.Pack(Weights);
    }

    /// <summary>Lays out the weights as they are now for <see cref="Backward"/>.</summary>
    internal void PackBackward() => _backward.PackTransposed(Weights);

    /// <summary>From rows of inputs to rows of outputs.</summary>
    internal void Forward(ReadOnlySpan<float> x, int rows, Span<float> y)
    {
        if (outputs == 1) MatrixProduct.MultiplyByVector(x, rows, Weights, Bias[0], y);
        else MatrixProduct.Multiply(x, rows, _forward, Bias, y);
    }

    /// <summary>From the gradients of rows of outputs to those of the inputs.</summary>
    internal void Backward(ReadOnlySpan<float> yGradients, int rows, Span<float> xGradients) =>
        MatrixProduct.Multiply(yGradients, rows, _backward, [], xGradients);
}
