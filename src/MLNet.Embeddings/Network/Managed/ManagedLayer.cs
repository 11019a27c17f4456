namespace MLNet.Embeddings;

/// <summary>A dense layer that learns. Any number of threads may use it at once, but for packing.</summary>
/// <param name="inputs">Values per row that go in.</param>
/// <param name="outputs">Values per row that come out.</param>
/// <param name="layout">Gives out the places of weights and bias.</param>
internal sealed class ManagedLayer(int inputs, int outputs, ParameterLayout layout)
{
    private readonly PackedMatrix _forward = new(outputs, inputs), _backward = new(inputs, outputs);
    private readonly ParameterPlace _weights = layout.Matrix(outputs * inputs), _bias = layout.Bias(outputs);

    internal int Inputs => inputs;
    internal int Outputs => outputs;

    /// <summary>Outputs × inputs.</summary>
    internal Span<float> Weights => _weights.Values;

    internal Span<float> Bias => _bias.Values;

    /// <summary>The weights' part of an array of the block's form, such as its gradients.</summary>
    internal Span<float> WeightsIn(float[] values) => _weights.In(values);

    /// <summary>The bias's part of an array of the block's form.</summary>
    internal Span<float> BiasIn(float[] values) => _bias.In(values);

    /// <summary>Draws Keras's initial values (keras.layers.Dense): Glorot uniform weights; the bias stays zeros.</summary>
    internal void Initialize(SplitMix random) =>
        UniformValues.Draw(inputs * outputs, Math.Sqrt(6.0 / (inputs + outputs)), random).CopyTo(Weights);

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
