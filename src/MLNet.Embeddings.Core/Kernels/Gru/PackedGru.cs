namespace MLNet.Embeddings;

/// <summary>The weights of a GRU as right operands of the products of its forward and its backward pass.</summary>
internal sealed unsafe class PackedGru(int dimensions, int units, int threads)
{
    /// <summary>Values that are worth a thread to pack them.</summary>
    private const int ValuesPerThread = 16_384;

    /// <summary>From a term's vector to its projection.</summary>
    public PackedMatrix InputForward { get; } = new(3 * units, dimensions);

    /// <summary>From a projection's gradient to that of the term's vector.</summary>
    public PackedMatrix InputBackward { get; } = new(dimensions, 3 * units);

    /// <summary>From a state to what it gives to the gates.</summary>
    public PackedMatrix HiddenForward { get; } = new(3 * units, units);

    /// <summary>From the gates' gradients to that of the state before.</summary>
    public PackedMatrix HiddenBackward { get; } = new(units, 3 * units);

    /// <summary>Packs the weights (3 · units, dimensions) and (3 · units, units) for the forward pass.</summary>
    public void PackForward(ReadOnlySpan<float> weightInput, ReadOnlySpan<float> weightHidden)
    {
        fixed (float* input = weightInput[..(3 * units * dimensions)], hidden = weightHidden[..(3 * units * units)])
            PackForward(input, hidden);
    }

    /// <summary>Packs the same weights for the backward pass.</summary>
    public void PackBackward(ReadOnlySpan<float> weightInput, ReadOnlySpan<float> weightHidden)
    {
        fixed (float* input = weightInput[..(3 * units * dimensions)], hidden = weightHidden[..(3 * units * units)])
            PackBackward(input, hidden);
    }

    private void PackForward(float* weightInput, float* weightHidden)
    {
        // Both have 3 · units columns, so that they have the same panels.
        int panels = InputForward.PanelCount;
        Parts.Run(threads, panels, Least(panels), (_, start, end) =>
        {
            InputForward.Pack(weightInput, start, end);
            HiddenForward.Pack(weightHidden, start, end);
        });
    }

    private void PackBackward(float* weightInput, float* weightHidden) =>
        Parts.Run(threads, 2, Least(2), (_, start, end) =>
        {
            if (start == 0) InputBackward.PackTransposed(weightInput, dimensions, 3 * units);
            if (end == 2) HiddenBackward.PackTransposed(weightHidden, units, 3 * units);
        });

    /// <summary>How many of so many equal shares of the weights are worth a thread.</summary>
    private int Least(int shares) => (int)(((long)ValuesPerThread * shares / (3 * units * (long)(dimensions + units))) + 1);
}
