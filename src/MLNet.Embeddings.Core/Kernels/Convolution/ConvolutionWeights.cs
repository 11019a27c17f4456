namespace MLNet.Embeddings;

/// <summary>The form of a <see cref="RaggedConvolution"/>: one width of windows.</summary>
/// <param name="Window">Neighbouring tokens that a filter sees.</param>
/// <param name="Dimensions">Length of the vectors that it reads.</param>
/// <param name="Filters">Length of what it gives.</param>
internal sealed record ConvolutionForm(int Window, int Dimensions, int Filters)
{
    /// <summary>Length of a result, in which those of several windows may be concatenated.</summary>
    public int Width { get; init; } = Filters;

    /// <summary>Where in a result its numbers begin.</summary>
    public int Offset { get; init; }

    /// <summary>Numbers that a term gives to windows: for each position in the window one to each filter.</summary>
    public int Projected => Window * Filters;
}

/// <summary>The weights of a <see cref="RaggedConvolution"/> as right operands of products. Between packings immutable: any threads may read them.</summary>
/// <param name="form">Which form the weights have.</param>
/// <param name="threads">How many threads may pack.</param>
internal sealed unsafe class ConvolutionWeights(ConvolutionForm form, int threads)
{
    /// <summary>Values that are worth a thread to pack them.</summary>
    private const int ValuesPerThread = 16_384;

    private readonly PackedMatrix _weights = new(form.Projected, form.Dimensions);
    private readonly float[] _bias = new float[form.Filters];
    private readonly AlignedFloats _byPosition = new();
    private PackedMatrix? _backward;

    /// <summary>(filters).</summary>
    public ReadOnlySpan<float> Bias => _bias;

    /// <summary>From the gradients of what a term gives to windows to that of the term's vector.</summary>
    public PackedMatrix Backward =>
        _backward ?? throw new InvalidOperationException("The weights are not packed for the backward pass; call PackBackward first.");

    /// <summary>Packs all that the forward pass needs.</summary>
    /// <param name="weights">(filters, window · dimensions).</param>
    /// <param name="bias">(filters).</param>
    public void PackForward(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        bias[..form.Filters].CopyTo(_bias);
        int dimensions = form.Dimensions, count = form.Projected * dimensions;
        float* byPosition = _byPosition.Require(count);
        weights = weights[..count];
        for (int filter = 0; filter < form.Filters; filter++)
            for (int position = 0; position < form.Window; position++, weights = weights[dimensions..])
                weights[..dimensions].CopyTo(new Span<float>(byPosition + ((nint)position * form.Filters + filter) * dimensions, dimensions));
        int panels = _weights.PanelCount;
        Parts.Run(threads, panels, Parts.Least(panels, count, ValuesPerThread), (_, start, end) => _weights.Pack(byPosition, start, end));
        GC.KeepAlive(this);
    }

    /// <summary>Packs the same weights for the backward pass.</summary>
    public void PackBackward()
    {
        _backward ??= new(form.Dimensions, form.Projected);
        _backward.PackTransposed(_byPosition.Start, form.Dimensions, form.Projected);
        GC.KeepAlive(this);
    }

    /// <summary>What vectors (count, dimensions) give to windows, (count, window · filters); those of one do not depend on the others.</summary>
    public void Project(ReadOnlySpan<float> vectors, int count, Span<float> projected) => MatrixProduct.Multiply(vectors, count, _weights, [], projected);

    /// <summary>The same for addresses.</summary>
    public void Project(float* vectors, int count, float* projected) =>
        MatrixProduct.Multiply(new LeftOperand(vectors, form.Dimensions, 1), count, _weights, [], projected, form.Projected, accumulate: false);
}
