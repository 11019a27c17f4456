using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>
/// From a decoder's states to what the output layer reads: tanh(W [context; h]) with attention's context, tanh(W h) or h itself, as the form has it.
/// </summary>
/// <remarks>Luong et al. 2015 (arXiv 1508.04025), equation 5. Keeps what backward needs.</remarks>
internal sealed class ReadoutLayer
{
    private readonly int _units, _joined, _size;
    private readonly DenseLayer? _dense;
    private readonly DropoutPlace _dropout;
    private readonly AlignedFloats _joinedVectors = new(), _read = new(), _joinedGradients = new(), _stateGradients = new();

    internal ReadoutLayer(LayerContext context, EncoderDecoderShape shape)
    {
        (_units, _size, _joined) = (shape.Units, shape.ReadoutSize, (shape.Attends ? shape.EncodedSize : 0) + shape.Units);
        if (shape.Attends) Attention = new LuongAttention(context, shape);
        if (shape.HasReadout) _dense = DenseLayer.Of(context, EncoderDecoderShape.ReadoutWeights, bias: null, _joined, _size);
        _dropout = context.Dropout.Next();
    }

    /// <summary>Null without attention.</summary>
    internal LuongAttention? Attention { get; }

    /// <summary>Lays the weights out as they are now.</summary>
    internal void Pack(bool backward)
    {
        Attention?.Pack(backward);
        _dense?.Pack(backward);
    }

    /// <summary>What the output layer reads at each step: (steps, readout size).</summary>
    /// <param name="steps">Steps of each row.</param>
    /// <param name="states">The decoder's states: (steps, units).</param>
    /// <param name="source">Tokens of each row, at least one.</param>
    /// <param name="memory">The encoder's states: (tokens, encoded size).</param>
    /// <param name="pass">The pass.</param>
    internal Span<float> Forward(RaggedRows steps, ReadOnlySpan<float> states, RaggedRows source, ReadOnlySpan<float> memory, Pass pass)
    {
        var joined = _joinedVectors.Span(steps.Tokens * _joined);
        Attention?.Forward(steps, states, source, memory, joined, _joined);
        for (int step = 0; step < steps.Tokens; step++) states.Slice(step * _units, _units).CopyTo(joined[((step + 1) * _joined - _units)..]);
        var read = Read(joined, steps.Tokens);
        _dropout.Apply(read, 0, pass);
        return read;
    }

    /// <summary>The same with nothing dropped for joined vectors.</summary>
    /// <param name="joined">Contexts, each with its state behind it: (count, encoded size + units), or (count, units) without attention; may be
    /// overwritten.</param>
    /// <param name="count">How many.</param>
    internal Span<float> Read(Span<float> joined, int count)
    {
        if (_dense is null) return joined;
        var read = _read.Span(count * _size);
        _dense.ForwardAll(joined, count, read);
        Activation.Tanh(read);
        return read;
    }

    /// <summary>The gradients of the decoder's states, (steps, units).</summary>
    /// <param name="readGradients">Those of what the output layer reads; overwritten.</param>
    /// <param name="states">As given to <see cref="Forward"/>.</param>
    /// <param name="memory">As given there.</param>
    /// <param name="memoryGradients">Added to: (tokens, encoded size).</param>
    /// <param name="pass">The pass.</param>
    /// <param name="sums">What gradients of dense parameters are added to.</param>
    internal Span<float> Backward(
        Span<float> readGradients, ReadOnlySpan<float> states, ReadOnlySpan<float> memory, Span<float> memoryGradients, Pass pass, float[] sums)
    {
        _dropout.Apply(readGradients, 0, pass);
        if (_dense is null) return readGradients;
        int steps = readGradients.Length / _size;
        Span<float> joinedGradients = _joinedGradients.Span(steps * _joined), stateGradients = _stateGradients.Span(steps * _units);
        ActivationGradient.Tanh(readGradients, _read.Span(steps * _size), _dropout.KeptShare(pass));
        _dense.BackwardAll(_joinedVectors.Span(steps * _joined), steps, readGradients, joinedGradients, sums);
        if (Attention is null) return joinedGradients;
        Attention.Backward(states, memory, joinedGradients, stateGradients, memoryGradients, sums);
        for (int step = 0; step < steps; step++)
        {
            var sum = stateGradients.Slice(step * _units, _units);
            TensorPrimitives.Add(sum, joinedGradients.Slice((step + 1) * _joined - _units, _units), sum);
        }
        return stateGradients;
    }
}
