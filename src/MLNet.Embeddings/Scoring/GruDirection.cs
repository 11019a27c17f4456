namespace MLNet.Embeddings;

/// <summary>One direction of one layer of a GRU, ready to read. Immutable but for what terms give to the gates, which is computed when they are first met.</summary>
internal sealed class GruDirection
{
    private readonly float[] _inputBias;

    /// <param name="shape">Which one.</param>
    /// <param name="offset">Where its states begin among those of all directions.</param>
    /// <param name="network">The network.</param>
    internal GruDirection(GruShape shape, int offset, TrainedArrays network)
    {
        (Reversed, Units, Offset) = (shape.Reversed, shape.Units, offset);
        InputWeights = PackedMatrix.Of(network[shape.InputWeights], 3 * shape.Units, shape.Inputs);
        _inputBias = network.Weights[shape.InputBias].Values;
        HiddenWeights = PackedMatrix.Of(network[shape.HiddenWeights], 3 * shape.Units, shape.Units);
        HiddenBias = network.Weights[shape.HiddenBias].Values;
        if (shape.Layer == 0) Terms = new TermProjections(shape.Column, network, InputWeights, _inputBias);
    }

    internal bool Reversed { get; }

    internal int Units { get; }

    internal int Offset { get; }

    /// <summary>What terms give to the gates, in the first layer; null in those above, which read states.</summary>
    internal TermProjections? Terms { get; }

    /// <summary>W_ih, (3 · units, inputs).</summary>
    internal PackedMatrix InputWeights { get; }

    /// <summary>b_ih, (3 · units).</summary>
    internal ReadOnlySpan<float> InputBias => _inputBias;

    /// <summary>W_hh, (3 · units, units).</summary>
    internal PackedMatrix HiddenWeights { get; }

    /// <summary>b_hh, (3 · units).</summary>
    internal float[] HiddenBias { get; }
}
