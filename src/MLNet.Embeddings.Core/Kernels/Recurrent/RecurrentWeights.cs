namespace MLNet.Embeddings;

/// <summary>What a recurrent network computes in a step.</summary>
internal enum RecurrentCell
{
    /// <summary>A gated recurrent unit: <see cref="GruStep"/>.</summary>
    Gru,

    /// <summary>A long short-term memory: <see cref="LstmStep"/>.</summary>
    Lstm,
}

/// <summary>The form of a <see cref="RaggedRecurrence"/>: one direction of one layer.</summary>
/// <param name="Cell">What it computes in a step.</param>
/// <param name="Dimensions">Length of the vectors that it reads.</param>
/// <param name="Units">Length of the states that it gives.</param>
internal sealed record RecurrentForm(RecurrentCell Cell, int Dimensions, int Units)
{
    /// <summary>True to give the state after each token, (tokens, width), in the tokens' order; else the last one of each row, (rows, width).</summary>
    public bool EveryState { get; init; }

    /// <summary>True for one that reads each row from its last token to its first.</summary>
    public bool Reversed { get; init; }

    /// <summary>True if the states of both directions are concatenated, forward before reversed: of that, this one writes its own.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>Length of a result.</summary>
    public int Width => Bidirectional ? 2 * Units : Units;

    /// <summary>Where in a result its states begin.</summary>
    public int Offset => Bidirectional && Reversed ? Units : 0;

    /// <summary>Rows of the weights: the units of all gates.</summary>
    public int Gates => (Cell == RecurrentCell.Lstm ? LstmStep.Gates : GruStep.Gates) * Units;

    /// <summary>Numbers that a step passes to the next: of an LSTM the state h that it gives, and behind it the cell state c; of a GRU only h.</summary>
    public int StateSize => (Cell == RecurrentCell.Lstm ? LstmStep.States : GruStep.States) * Units;
}

/// <summary>
/// The weights of a <see cref="RaggedRecurrence"/> as right operands of products. Between packings immutable: any number of recurrences and threads may read
/// them.
/// </summary>
/// <param name="form">Which form the weights have.</param>
/// <param name="threads">How many threads may pack.</param>
internal sealed unsafe class RecurrentWeights(RecurrentForm form, int threads)
{
    /// <summary>Values that are worth a thread to pack them.</summary>
    private const int ValuesPerThread = 16_384;

    private readonly float[] _inputBias = new float[form.Gates], _hiddenBias = new float[form.Gates];
    private PackedMatrix? _inputBackward, _hiddenBackward;

    /// <summary>From a term's vector to what it gives to the gates.</summary>
    public PackedMatrix InputForward { get; } = new(form.Gates, form.Dimensions);

    /// <summary>From a state to what it gives to the gates.</summary>
    public PackedMatrix HiddenForward { get; } = new(form.Gates, form.Units);

    /// <summary>From the gradient of what a term gives to the gates to that of the term's vector.</summary>
    public PackedMatrix InputBackward => _inputBackward ?? throw NotPacked();

    /// <summary>From the gates' gradients to that of the state before.</summary>
    public PackedMatrix HiddenBackward => _hiddenBackward ?? throw NotPacked();

    /// <summary>b_ih, (gates · units).</summary>
    public ReadOnlySpan<float> InputBias => _inputBias;

    /// <summary>b_hh, (gates · units).</summary>
    public ReadOnlySpan<float> HiddenBias => _hiddenBias;

    /// <summary>Packs all that the forward pass needs.</summary>
    /// <param name="weightInput">W_ih, (gates · units, dimensions).</param>
    /// <param name="weightHidden">W_hh, (gates · units, units).</param>
    /// <param name="biasInput">b_ih, (gates · units).</param>
    /// <param name="biasHidden">b_hh, (gates · units).</param>
    public void PackForward(ReadOnlySpan<float> weightInput, ReadOnlySpan<float> weightHidden, ReadOnlySpan<float> biasInput, ReadOnlySpan<float> biasHidden)
    {
        biasInput[..form.Gates].CopyTo(_inputBias);
        biasHidden[..form.Gates].CopyTo(_hiddenBias);
        fixed (float* input = weightInput[..(form.Gates * form.Dimensions)], hidden = weightHidden[..(form.Gates * form.Units)])
            PackForward(input, hidden);
    }

    /// <summary>Packs the same weights for the backward pass.</summary>
    public void PackBackward(ReadOnlySpan<float> weightInput, ReadOnlySpan<float> weightHidden)
    {
        _inputBackward ??= new(form.Dimensions, form.Gates);
        _hiddenBackward ??= new(form.Units, form.Gates);
        fixed (float* input = weightInput[..(form.Gates * form.Dimensions)], hidden = weightHidden[..(form.Gates * form.Units)])
            PackBackward(input, hidden);
    }

    /// <summary>What vectors (count, dimensions) give to the gates, (count, gates · units); those of one do not depend on the others.</summary>
    public void Project(ReadOnlySpan<float> vectors, int count, Span<float> projected) =>
        MatrixProduct.Multiply(vectors, count, InputForward, InputBias, projected);

    /// <summary>The same for addresses.</summary>
    public void Project(float* vectors, int count, float* projected) =>
        MatrixProduct.Multiply(new LeftOperand(vectors, form.Dimensions, 1), count, InputForward, InputBias, projected, form.Gates, accumulate: false);

    private void PackForward(float* weightInput, float* weightHidden)
    {
        // Both have the same number of columns, so that they have the same panels.
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
            if (start == 0) InputBackward.PackTransposed(weightInput, form.Dimensions, form.Gates);
            if (end == 2) HiddenBackward.PackTransposed(weightHidden, form.Units, form.Gates);
        });

    private int Least(int shares) => Parts.Least(shares, (long)form.Gates * (form.Dimensions + form.Units), ValuesPerThread);

    private static InvalidOperationException NotPacked() => new("The weights are not packed for the backward pass; call PackBackward first.");
}
