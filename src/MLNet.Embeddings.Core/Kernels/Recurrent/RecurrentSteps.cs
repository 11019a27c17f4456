using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>
/// One thread of a <see cref="RaggedRecurrence"/>: takes the rows of a part through all their steps. Rows that have a token at a position step together.
/// </summary>
internal abstract unsafe class RecurrentSteps
{
    private protected RecurrentSteps() { }

    /// <summary>The steps of a form's cell.</summary>
    public static RecurrentSteps Of(RecurrentForm form, RecurrentBatch batch) =>
        form.Cell == RecurrentCell.Lstm ? new RecurrentSteps<LstmStep>(form, batch) : new RecurrentSteps<GruStep>(form, batch);

    /// <summary>(4 · units): the kept gradients, summed over all steps of the last backward pass.</summary>
    public abstract ReadOnlySpan<float> Sums { get; }

    /// <summary>From what terms give to the gates to the results that the form asks for.</summary>
    public abstract void Forward(int part);

    /// <summary>From the gradients of the results to those of the gates, on the tape, and to those of the starts, which are added to.</summary>
    public abstract void Backward(int part);

    /// <summary>One step of some states, in place.</summary>
    /// <param name="count">How many states.</param>
    /// <param name="projected">What terms give to the gates, (terms, gates · units).</param>
    /// <param name="terms">The term that each reads; empty if each reads the one of its own number.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="states">(count, state size).</param>
    public abstract void Step(int count, float* projected, ReadOnlySpan<int> terms, RecurrentWeights weights, float* states);

    /// <summary>Adds to a sum (gates · units) the gradient of what a token gives to the gates, out of kept gradients (4 · units).</summary>
    public abstract void AddInputGradient(ReadOnlySpan<float> kept, Span<float> sum);
}

/// <summary>The same for one cell, which is compiled into the loops.</summary>
internal sealed unsafe class RecurrentSteps<TStep>(RecurrentForm form, RecurrentBatch batch) : RecurrentSteps where TStep : struct, IRecurrentStep
{
    private readonly int _units = form.Units, _gates = form.Gates, _size = form.StateSize, _kept = IRecurrentStep.Kept * form.Units;
    private readonly AlignedFloats _states = new(), _recurrent = new(), _gradients = new(), _sums = new();

    public override ReadOnlySpan<float> Sums => new(_sums.Start, _kept);

    public override void Forward(int part)
    {
        ReadOnlySpan<int> rows = batch.Dealt.RowsOf(part);
        float* states = _states.Require(checked(rows.Length * _size)), recurrent = _recurrent.Require(checked(rows.Length * _gates));
        for (int i = 0; i < rows.Length; i++) Start(rows[i], new Span<float>(states + (nint)i * _size, _size));

        int active = rows.Length;
        for (int position = 0; (active = batch.Dealt.Active(rows, active, position)) > 0; position++)
        {
            // A first state of zeros has a product of zeros with the weights.
            if (position == 0 && batch.Starts == null)
                MatrixProduct.Fill(recurrent, _gates, active, _gates, batch.Weights.HiddenBias);
            else
                MultiplyHidden(states, active, batch.Weights, recurrent);
            for (int i = 0; i < active; i++) Step(rows[i], position, recurrent + (nint)i * _gates, states + (nint)i * _size);
        }

        for (int i = 0; i < rows.Length && !form.EveryState; i++) new ReadOnlySpan<float>(states + (nint)i * _size, _units).CopyTo(Result(rows[i]));
        GC.KeepAlive(this);
    }

    public override void Backward(int part)
    {
        ReadOnlySpan<int> rows = batch.Dealt.RowsOf(part);
        float* gradients = _gradients.Require(checked(rows.Length * _size)), recurrent = _recurrent.Require(checked(rows.Length * _gates));
        float* sums = _sums.Require(_kept);
        new Span<float>(sums, _kept).Clear();
        for (int i = 0; i < rows.Length; i++) StartBack(rows[i], new Span<float>(gradients + (nint)i * _size, _size));

        int longest = rows.IsEmpty ? 0 : batch.Dealt.Length(rows[0]);
        for (int position = longest - 1; position >= 0; position--)
        {
            int active = batch.Dealt.Active(rows, rows.Length, position);
            for (int i = 0; i < active; i++) StepBack(rows[i], position, gradients + (nint)i * _size, recurrent + (nint)i * _gates, sums);

            if (position > 0 || batch.Starts != null)
                MatrixProduct.Multiply(new LeftOperand(recurrent, _gates, 1), active, batch.Weights.HiddenBackward, [], gradients, _size, accumulate: true);
        }

        for (int i = 0; batch.Starts != null && i < rows.Length; i++)
            Add(new ReadOnlySpan<float>(gradients + (nint)i * _size, _size), new Span<float>(batch.Starts + (nint)rows[i] * _size, _size));
        GC.KeepAlive(this);
    }

    public override void Step(int count, float* projected, ReadOnlySpan<int> terms, RecurrentWeights weights, float* states)
    {
        float* recurrent = _recurrent.Require(checked(count * _gates));
        MultiplyHidden(states, count, weights, recurrent);
        for (int i = 0; i < count; i++)
        {
            nint term = terms.IsEmpty ? i : terms[i];
            TStep.Forward(projected + term * _gates, recurrent + (nint)i * _gates, states + (nint)i * _size, _units);
        }

        GC.KeepAlive(this);
    }

    public override void AddInputGradient(ReadOnlySpan<float> kept, Span<float> sum) => TStep.AddInputGradient(kept, sum, _units);

    private void MultiplyHidden(float* states, int count, RecurrentWeights weights, float* recurrent) =>
        MatrixProduct.Multiply(new LeftOperand(states, _size, 1), count, weights.HiddenForward, weights.HiddenBias, recurrent, _gates, accumulate: false);

    private void Start(int row, Span<float> state)
    {
        if (batch.Starts == null)
            state.Clear();
        else
            new ReadOnlySpan<float>(batch.Starts + (nint)row * _size, _size).CopyTo(state);
        if (batch.Keeps)
            state.CopyTo(new Span<float>(batch.State(batch.Slot(row, 0)), _size));
    }

    private void Step(int row, int position, float* recurrent, float* state)
    {
        int token = batch.Token(row, position);
        float* input = batch.Projected + (nint)batch.Rows.Term(token) * _gates;
        if (batch.Keeps)
        {
            int slot = batch.Slot(row, position);
            TStep.Forward(input, recurrent, state, batch.State(slot + 1), batch.Kept(slot), _units);
        }
        else
        {
            TStep.Forward(input, recurrent, state, _units);
        }

        if (form.EveryState) new ReadOnlySpan<float>(state, _units).CopyTo(Result(token));
    }

    private void StartBack(int row, Span<float> gradient)
    {
        gradient.Clear();
        if (!form.EveryState) Result(row).CopyTo(gradient);
        // Nothing is read at the last slot, so nothing of it may enter the gradients of the weights.
        new Span<float>(batch.Kept(batch.Slot(row, batch.Dealt.Length(row))), _kept).Clear();
    }

    private void StepBack(int row, int position, float* gradient, float* recurrent, float* sums)
    {
        if (form.EveryState) Add(Result(batch.Token(row, position)), new Span<float>(gradient, _units));
        int slot = batch.Slot(row, position);
        TStep.Backward(batch.Kept(slot), batch.State(slot), batch.State(slot + 1), gradient, recurrent, sums, _units);
    }

    private Span<float> Result(nint index) => new(batch.Results + index * form.Width + form.Offset, _units);

    private static void Add(ReadOnlySpan<float> added, Span<float> sum) => TensorPrimitives.Add(sum, added, sum);
}

/// <summary>A step of one row: a type argument of <see cref="RecurrentSteps{TStep}"/>, so that each cell is compiled into its loop.</summary>
/// <remarks>
/// Pointers are to one row: input, what the token gives to the gates, (gates · units); recurrent, what the state before gives to them, (gates · units); state,
/// (states · units); kept, four numbers a unit, which the forward pass leaves and the backward pass replaces by gradients.
/// </remarks>
internal unsafe interface IRecurrentStep
{
    /// <summary>Numbers that are kept for each unit.</summary>
    const int Kept = 4;

    /// <summary>Gates of a unit.</summary>
    static abstract int Gates { get; }

    /// <summary>Numbers of a unit that a step passes to the next.</summary>
    static abstract int States { get; }

    /// <summary>Replaces a state by the next one.</summary>
    static abstract void Forward(float* input, float* recurrent, float* state, nint units);

    /// <summary>The same bits, and leaves what the backward pass needs: next, a copy of the next state, and kept.</summary>
    static abstract void Forward(float* input, float* recurrent, float* state, float* next, float* kept, nint units);

    /// <summary>From the gradient of a state to those of its gates and, in part, of the state before.</summary>
    /// <param name="kept">What the forward pass left, which is replaced by gradients: the first gates · units are those of recurrent.</param>
    /// <param name="state">The state before.</param>
    /// <param name="next">The state after.</param>
    /// <param name="gradient">The gradient of the state after, replaced by that of the state before without its way through W_hh.</param>
    /// <param name="recurrent">Receives the gradient of recurrent: that times W_hh is left out of gradient.</param>
    /// <param name="sums">The kept gradients are added to these, (4 · units).</param>
    /// <param name="units">Number of units.</param>
    static abstract void Backward(float* kept, float* state, float* next, float* gradient, float* recurrent, float* sums, nint units);

    /// <summary>Adds to a sum (gates · units) the gradient of input, out of kept gradients (4 · units).</summary>
    static abstract void AddInputGradient(ReadOnlySpan<float> kept, Span<float> sum, int units);
}
