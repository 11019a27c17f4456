using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>
/// A GRU in training: forward and backward over a batch of rows of any lengths, without padded work. Keeps its memory from batch to
/// batch; treats one batch at a time, on as many threads as it was given.
/// </summary>
/// <remarks>
/// Inputs are projected once for each different term of the batch, not for each token, and likewise back. Each thread takes its own
/// rows through all steps, so threads meet only between phases. The same input and number of threads give the same bits.
/// Equations: <see cref="GruCell"/>.
/// </remarks>
internal sealed unsafe class RaggedGru
{
    /// <summary>Terms, and rows of weights, that are worth a thread.</summary>
    private const int TermsPerThread = 64;
    private const int WeightRowsPerThread = 24;

    private readonly int _dimensions;
    private readonly int _units;
    private readonly int _threads;
    private readonly RaggedPlan _plan;
    private readonly GruTape _tape;
    private readonly GruRecurrence[] _recurrences;
    private readonly AlignedFloats _projected = new();
    private readonly TransposedWorkspace[] _inputWorkspaces;
    private readonly TransposedWorkspace[] _hiddenWorkspaces;
    private readonly PackedMatrix _inputForward;
    private readonly PackedMatrix _inputBackward;
    private readonly PackedMatrix _hiddenForward;
    private readonly PackedMatrix _hiddenBackward;
    private bool _hasTape;

    /// <summary>A GRU of inputs of so many dimensions and states of so many units, on at most so many threads.</summary>
    public RaggedGru(int dimensions, int units, int threads)
    {
        _dimensions = dimensions;
        _units = units;
        _threads = threads;
        _plan = new RaggedPlan(threads);
        _tape = new GruTape(units);
        _recurrences = new GruRecurrence[threads];
        _inputWorkspaces = new TransposedWorkspace[threads];
        _hiddenWorkspaces = new TransposedWorkspace[threads];
        for (int i = 0; i < threads; i++)
        {
            _recurrences[i] = new GruRecurrence(_plan, _tape, units);
            _inputWorkspaces[i] = new TransposedWorkspace(dimensions);
            _hiddenWorkspaces[i] = new TransposedWorkspace(units);
        }

        _inputForward = new PackedMatrix(3 * units, dimensions);
        _inputBackward = new PackedMatrix(dimensions, 3 * units);
        _hiddenForward = new PackedMatrix(3 * units, units);
        _hiddenBackward = new PackedMatrix(units, 3 * units);
    }

    /// <summary>Takes over a new batch.</summary>
    /// <param name="lengths">Tokens of each row, 0 or more.</param>
    /// <param name="termOfToken">For each token, rows one after the other, the index of its term.</param>
    /// <param name="terms">How many different terms there are.</param>
    public void Plan(ReadOnlySpan<int> lengths, ReadOnlySpan<int> termOfToken, int terms)
    {
        _hasTape = false;
        _plan.Set(lengths, termOfToken, terms);
    }

    /// <summary>Computes the last state of each row, zeros for a row without tokens, and keeps what <see cref="Backward"/> needs.</summary>
    /// <param name="terms">The embeddings, (terms, dimensions).</param>
    /// <param name="weightInput">(3 · units, dimensions).</param>
    /// <param name="weightHidden">(3 · units, units).</param>
    /// <param name="biasInput">(3 · units).</param>
    /// <param name="biasHidden">(3 · units).</param>
    /// <param name="lastStates">The result, (rows, units).</param>
    public void Forward(
        ReadOnlySpan<float> terms, ReadOnlySpan<float> weightInput, ReadOnlySpan<float> weightHidden,
        ReadOnlySpan<float> biasInput, ReadOnlySpan<float> biasHidden, Span<float> lastStates)
    {
        int gates = 3 * _units;
        _inputForward.Pack(weightInput);
        _hiddenForward.Pack(weightHidden);
        _tape.Require(_plan.Slots);
        _projected.Require(checked(_plan.Terms * gates));
        fixed (float* x = terms[..(_plan.Terms * _dimensions)], states = lastStates[..(_plan.Rows * _units)])
        fixed (float* inputBias = biasInput[..gates], hiddenBias = biasHidden[..gates])
            ProjectAndRecur(x, inputBias, hiddenBias, states);
        _hasTape = true;
        GC.KeepAlive(this);
    }

    /// <summary>Computes all gradients from those of the last states, once after each <see cref="Forward"/>.</summary>
    /// <param name="lastStateGradients">(rows, units).</param>
    /// <param name="terms">As given to <see cref="Forward"/>.</param>
    /// <param name="weightInput">As given to <see cref="Forward"/>.</param>
    /// <param name="weightHidden">As given to <see cref="Forward"/>.</param>
    /// <param name="termGradients">A result, (terms, dimensions).</param>
    /// <param name="weightInputGradients">A result, (3 · units, dimensions).</param>
    /// <param name="weightHiddenGradients">A result, (3 · units, units).</param>
    /// <param name="biasInputGradients">A result, (3 · units).</param>
    /// <param name="biasHiddenGradients">A result, (3 · units).</param>
    public void Backward(
        ReadOnlySpan<float> lastStateGradients, ReadOnlySpan<float> terms,
        ReadOnlySpan<float> weightInput, ReadOnlySpan<float> weightHidden,
        Span<float> termGradients, Span<float> weightInputGradients, Span<float> weightHiddenGradients,
        Span<float> biasInputGradients, Span<float> biasHiddenGradients)
    {
        if (!_hasTape)
            throw new InvalidOperationException("Backward was called without a Forward before it; it uses up what one Forward left.");

        _hasTape = false;
        int gates = 3 * _units;
        _inputBackward.PackTransposed(weightInput);
        _hiddenBackward.PackTransposed(weightHidden);
        fixed (float* states = lastStateGradients[..(_plan.Rows * _units)])
            RecurBack(states);
        SumBiasGradients(biasInputGradients[..gates], biasHiddenGradients[..gates]);
        fixed (float* x = terms[..(_plan.Terms * _dimensions)], xGradients = termGradients[..(_plan.Terms * _dimensions)])
        fixed (float* input = weightInputGradients[..(gates * _dimensions)], hidden = weightHiddenGradients[..(gates * _units)])
        {
            TermGradients(xGradients);
            WeightGradients(x, input, hidden);
        }

        GC.KeepAlive(this);
    }

    /// <summary>(tokens of the row, units): the states of a row after each of its tokens, of the last <see cref="Forward"/>.</summary>
    public ReadOnlySpan<float> StatesOf(int row) => new(_tape.State(_plan.FirstSlot(row) + 1), _plan.Length(row) * _units);

    private void ProjectAndRecur(float* terms, float* biasInput, float* biasHidden, float* lastStates)
    {
        float* projected = _projected.Start;
        nint gates = 3 * _units;
        Parts.Run(_threads, _plan.Terms, TermsPerThread, (_, start, end) => MatrixProduct.Multiply(
            new LeftOperand(terms + (nint)start * _dimensions, _dimensions, 1), end - start, _inputForward,
            new ReadOnlySpan<float>(biasInput, (int)gates), projected + start * gates, gates, accumulate: false));
        Parts.Run(_plan.Parts, _plan.Parts, 1, (part, _, _) =>
            _recurrences[part].Forward(part, projected, _hiddenForward, biasHidden, lastStates));
    }

    private void RecurBack(float* lastStateGradients) =>
        Parts.Run(_plan.Parts, _plan.Parts, 1, (part, _, _) =>
            _recurrences[part].Backward(part, _hiddenBackward, lastStateGradients));

    /// <summary>The input's bias goes into r, z and n, the recurrent one into r, z and g_n.</summary>
    private void SumBiasGradients(Span<float> input, Span<float> hidden)
    {
        input.Clear();
        hidden.Clear();
        for (int part = 0; part < _plan.Parts; part++)
        {
            ReadOnlySpan<float> sums = _recurrences[part].BiasSums;
            TensorPrimitives.Add(hidden, sums[..(3 * _units)], hidden);
            AddInputSide(sums, input);
        }
    }

    /// <summary>Sums the gradients of each term's projection over its tokens, and takes them back through the weights.</summary>
    private void TermGradients(float* termGradients)
    {
        float* projected = _projected.Start;
        int gates = 3 * _units;
        Parts.Run(_threads, _plan.Terms, TermsPerThread, (_, start, end) =>
        {
            for (int term = start; term < end; term++)
            {
                var sum = new Span<float>(projected + (nint)term * gates, gates);
                sum.Clear();
                foreach (int slot in _plan.SlotsOf(term))
                    AddInputSide(new ReadOnlySpan<float>(_tape.Gates(slot), 4 * _units), sum);
            }

            MatrixProduct.Multiply(
                new LeftOperand(projected + (nint)start * gates, gates, 1), end - start, _inputBackward,
                [], termGradients + (nint)start * _dimensions, _dimensions, accumulate: false);
        });
    }

    private void WeightGradients(float* terms, float* weightInputGradients, float* weightHiddenGradients)
    {
        float* projected = _projected.Start;
        Parts.Run(_threads, 3 * _units, WeightRowsPerThread, (part, start, end) =>
        {
            MatrixProduct.MultiplyTransposed(
                _tape.Gates(0) + start, 4 * _units, end - start, _tape.State(0), _units, _plan.Slots,
                weightHiddenGradients + (nint)start * _units, _hiddenWorkspaces[part], accumulate: false);
            MatrixProduct.MultiplyTransposed(
                projected + start, 3 * _units, end - start, terms, _dimensions, _plan.Terms,
                weightInputGradients + (nint)start * _dimensions, _inputWorkspaces[part], accumulate: false);
        });
    }

    /// <summary>Adds the gradients of r, z and n, leaving out that of g_n, which the input does not go into.</summary>
    private void AddInputSide(ReadOnlySpan<float> gates, Span<float> sum)
    {
        Span<float> resetAndUpdate = sum[..(2 * _units)];
        Span<float> candidate = sum[(2 * _units)..];
        TensorPrimitives.Add(resetAndUpdate, gates[..(2 * _units)], resetAndUpdate);
        TensorPrimitives.Add(candidate, gates[(3 * _units)..], candidate);
    }
}
