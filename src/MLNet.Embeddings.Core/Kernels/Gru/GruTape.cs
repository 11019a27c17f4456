namespace MLNet.Embeddings;

/// <summary>What the forward pass of a GRU leaves for the backward pass, slot after slot (see <see cref="RaggedPlan"/>).</summary>
internal sealed unsafe class GruTape(int units)
{
    private readonly AlignedFloats _states = new();
    private readonly AlignedFloats _gates = new();

    /// <summary>Makes room for the slots of a batch; what was held is lost.</summary>
    public void Require(int slots)
    {
        _states.Require(checked(slots * units));
        _gates.Require(checked(slots * 4 * units));
    }

    /// <summary>(units): the state at a slot.</summary>
    public float* State(nint slot) => _states.Start + slot * units;

    /// <summary>
    /// (4 · units): the gates r, z, g_n, n that made the next state; after the backward pass the gradients of what went into them.
    /// So the first three are the gradient of the recurrent product, and without the third that of the input's projection.
    /// </summary>
    public float* Gates(nint slot) => _gates.Start + slot * 4 * units;
}
