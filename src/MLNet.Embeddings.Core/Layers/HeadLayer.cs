namespace MLNet.Embeddings;

/// <summary>Some rows of a batch in a layer: those that one thread takes.</summary>
/// <param name="Part">Number of the part of the batch that they are.</param>
/// <param name="First">The first row.</param>
/// <param name="Count">Number of rows.</param>
/// <param name="Pass">What for.</param>
internal readonly record struct RowRange(int Part, int First, int Count, Pass Pass);

/// <summary>A layer between the combined vector and the scores: from rows of inputs to rows of outputs.</summary>
/// <remarks>Threads take parts of a batch, unless the layer <see cref="SpansRows"/>. It keeps what backward needs, so one forward may be in flight.</remarks>
/// <param name="inputs">Values per row that go in.</param>
/// <param name="outputs">Values per row that come out.</param>
internal abstract class HeadLayer(int inputs, int outputs)
{
    internal int Inputs => inputs;

    internal int Outputs => outputs;

    /// <summary>Products per row, to tell how many rows are worth a thread.</summary>
    internal virtual long Products => 0;

    /// <summary>True if the outputs may lie where the inputs lie.</summary>
    internal virtual bool IsInPlace => false;

    /// <summary>True if a row's outputs depend on the other rows of a batch in training, so that all are taken together.</summary>
    internal virtual bool SpansRows => false;

    /// <summary>Lays the weights out as they are now.</summary>
    internal virtual void Pack(bool backward) { }

    /// <summary>Makes room for what is kept of so many rows.</summary>
    internal virtual void Require(int rows, Pass pass) { }

    /// <param name="rows">The rows.</param>
    /// <param name="x">(rows, inputs).</param>
    /// <param name="y">Receives (rows, outputs).</param>
    internal abstract void Forward(RowRange rows, ReadOnlySpan<float> x, Span<float> y);

    /// <param name="rows">The rows.</param>
    /// <param name="x">As in <see cref="Forward"/>; where the outputs lie if <see cref="IsInPlace"/>.</param>
    /// <param name="y">What <see cref="Forward"/> gave.</param>
    /// <param name="yGradients">The gradients by y; may be overwritten.</param>
    /// <param name="xGradients">Receives those by x; the same as <paramref name="yGradients"/> if <see cref="IsInPlace"/>.</param>
    /// <param name="sums">What gradients of dense parameters are added to, of the form of their block.</param>
    internal abstract void Backward(RowRange rows, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> yGradients, Span<float> xGradients, float[] sums);
}

/// <summary>A dense layer of a head.</summary>
internal sealed class LinearLayer(DenseLayer dense) : HeadLayer(dense.Inputs, dense.Outputs)
{
    internal override long Products => (long)Inputs * Outputs;

    internal override void Pack(bool backward) => dense.Pack(backward);

    internal override void Forward(RowRange rows, ReadOnlySpan<float> x, Span<float> y) => dense.Forward(x, rows.Count, y);

    internal override void Backward(
        RowRange rows, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> yGradients, Span<float> xGradients, float[] sums) =>
        dense.Backward(rows.Part, x, rows.Count, yGradients, xGradients, sums);
}

/// <summary>An activation function and dropout behind it.</summary>
/// <param name="size">Values per row.</param>
/// <param name="function">The function.</param>
/// <param name="dropout">What is dropped.</param>
internal sealed class ActivationLayer(int size, ActivationFunction function, DropoutPlace dropout) : HeadLayer(size, size)
{
    // The derivative of silu follows from its argument, that of the others from their values.
    internal override bool IsInPlace => function != ActivationFunction.Silu;

    internal override void Forward(RowRange rows, ReadOnlySpan<float> x, Span<float> y)
    {
        if (function == ActivationFunction.Silu) x.CopyTo(y);
        switch (function)
        {
            case ActivationFunction.Relu: Activation.Relu(y); break;
            case ActivationFunction.Silu: Activation.Silu(y); break;
            case ActivationFunction.Tanh: Activation.Tanh(y); break;
            default: Activation.Sigmoid(y); break;
        }
        dropout.Apply(y, (long)rows.First * Outputs, rows.Pass);
    }

    internal override void Backward(RowRange rows, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> yGradients, Span<float> xGradients, float[] sums)
    {
        // What was dropped is 0 and has no gradient, so the values that were kept tell the derivative, scaled back.
        dropout.Apply(yGradients, (long)rows.First * Outputs, rows.Pass);
        float kept = dropout.KeptShare(rows.Pass);
        switch (function)
        {
            case ActivationFunction.Relu: ActivationGradient.Relu(yGradients, y); break;
            case ActivationFunction.Silu: ActivationGradient.Silu(yGradients, x, xGradients); break;
            case ActivationFunction.Tanh: ActivationGradient.Tanh(yGradients, y, kept); break;
            default: ActivationGradient.Sigmoid(yGradients, y, kept); break;
        }
    }
}
