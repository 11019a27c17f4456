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
    /// <summary>Terms, slots, and rows of sums that are worth a thread.</summary>
    private const int TermsPerThread = 64, SlotsPerThread = 64, SumRowsPerThread = 64;

    private readonly GruForm _form;
    private readonly int _dimensions;
    private readonly int _units;
    private readonly int _threads;
    private readonly RaggedPlan _plan;
    private readonly GruTape _tape;
    private readonly GruRecurrence[] _recurrences;
    private readonly AlignedFloats _projected = new();
    private readonly GruWeightGradients[] _weightGradients;
    private readonly PackedGru _weights;
    private bool _hasTape, _hasStarts;

    /// <summary>A GRU of a form, on at most so many threads.</summary>
    public RaggedGru(GruForm form, int threads)
    {
        _form = form;
        (_dimensions, _units, _threads) = (form.Dimensions, form.Units, threads);
        _plan = new RaggedPlan(threads, form.Reversed);
        _tape = new GruTape(_units);
        _recurrences = new GruRecurrence[threads];
        _weightGradients = new GruWeightGradients[threads];
        _weights = new PackedGru(_dimensions, _units, threads);
        for (int i = 0; i < threads; i++)
        {
            _recurrences[i] = new GruRecurrence(_plan, _tape, form);
            _weightGradients[i] = new GruWeightGradients(_dimensions, _units);
        }
    }

    /// <summary>Takes over a new batch.</summary>
    public void Plan(RaggedRows rows)
    {
        _hasTape = false;
        _plan.Set(rows);
    }

    /// <summary>Computes the states that the form asks for, and keeps what <see cref="Backward"/> needs. A row without tokens ends with the state that it starts with.</summary>
    /// <param name="terms">The embeddings, (terms, dimensions).</param>
    /// <param name="weightInput">(3 · units, dimensions).</param>
    /// <param name="weightHidden">(3 · units, units).</param>
    /// <param name="biasInput">(3 · units).</param>
    /// <param name="biasHidden">(3 · units).</param>
    /// <param name="results">The results, (rows, width) or (tokens, width); of a row's width that which is this GRU's is overwritten.</param>
    /// <param name="starts">The state that each row starts with, (rows, units); empty for zeros.</param>
    public void Forward(
        ReadOnlySpan<float> terms, ReadOnlySpan<float> weightInput, ReadOnlySpan<float> weightHidden,
        ReadOnlySpan<float> biasInput, ReadOnlySpan<float> biasHidden, Span<float> results, ReadOnlySpan<float> starts = default)
    {
        int gates = 3 * _units;
        _weights.PackForward(weightInput, weightHidden);
        _tape.Require(_plan.Slots);
        _projected.Require(checked(_plan.Terms * gates));
        fixed (float* x = terms[..(_plan.Terms * _dimensions)], states = results[..(ResultCount * _form.Width)])
        fixed (float* inputBias = biasInput[..gates], hiddenBias = biasHidden[..gates])
        fixed (float* first = starts.IsEmpty ? [] : starts[..(_plan.Rows * _units)])
            ProjectAndRecur(x, inputBias, hiddenBias, first, states);
        (_hasTape, _hasStarts) = (true, !starts.IsEmpty);
        GC.KeepAlive(this);
    }

    /// <summary>Adds all gradients that follow from those of the results, once after each <see cref="Forward"/>.</summary>
    /// <param name="resultGradients">As the results of <see cref="Forward"/>.</param>
    /// <param name="terms">As given to <see cref="Forward"/>.</param>
    /// <param name="weightInput">As given to <see cref="Forward"/>.</param>
    /// <param name="weightHidden">As given to <see cref="Forward"/>.</param>
    /// <param name="termGradients">Added to, (terms, dimensions); empty if they are not needed.</param>
    /// <param name="weightInputGradients">Added to, (3 · units, dimensions).</param>
    /// <param name="weightHiddenGradients">Added to, (3 · units, units).</param>
    /// <param name="biasInputGradients">Added to, (3 · units).</param>
    /// <param name="biasHiddenGradients">Added to, (3 · units).</param>
    /// <param name="startGradients">Added to, (rows, units), if <see cref="Forward"/> was given starts; else not looked at.</param>
    public void Backward(
        ReadOnlySpan<float> resultGradients, ReadOnlySpan<float> terms,
        ReadOnlySpan<float> weightInput, ReadOnlySpan<float> weightHidden,
        Span<float> termGradients, Span<float> weightInputGradients, Span<float> weightHiddenGradients,
        Span<float> biasInputGradients, Span<float> biasHiddenGradients, Span<float> startGradients = default)
    {
        if (!_hasTape)
            throw new InvalidOperationException("Backward was called without a Forward before it; it uses up what one Forward left.");

        _hasTape = false;
        int gates = 3 * _units;
        _weights.PackBackward(weightInput, weightHidden);
        fixed (float* states = resultGradients[..(ResultCount * _form.Width)], first = _hasStarts ? startGradients[..(_plan.Rows * _units)] : [])
            RecurBack(states, first);
        AddBiasGradients(biasInputGradients[..gates], biasHiddenGradients[..gates]);
        fixed (float* x = terms[..(_plan.Terms * _dimensions)], xGradients = termGradients.IsEmpty ? [] : termGradients[..(_plan.Terms * _dimensions)])
        fixed (float* input = weightInputGradients[..(gates * _dimensions)], hidden = weightHiddenGradients[..(gates * _units)])
        {
            AddTermGradients(xGradients);
            AddWeightGradients(x, input, hidden);
        }

        GC.KeepAlive(this);
    }

    /// <summary>(tokens of the row, units): the states of a row after each token that it reads, of the last <see cref="Forward"/>.</summary>
    public ReadOnlySpan<float> StatesOf(int row) => new(_tape.State(_plan.FirstSlot(row) + 1), _plan.Length(row) * _units);

    private int ResultCount => _form.EveryState ? _plan.Slots - _plan.Rows : _plan.Rows;

    private void ProjectAndRecur(float* terms, float* biasInput, float* biasHidden, float* starts, float* results)
    {
        float* projected = _projected.Start;
        nint gates = 3 * _units;
        Parts.Run(_threads, _plan.Terms, TermsPerThread, (_, start, end) => MatrixProduct.Multiply(
            new LeftOperand(terms + (nint)start * _dimensions, _dimensions, 1), end - start, _weights.InputForward,
            new ReadOnlySpan<float>(biasInput, (int)gates), projected + start * gates, gates, accumulate: false));
        Parts.Run(_plan.Parts, _plan.Parts, 1, (part, _, _) =>
            _recurrences[part].Forward(part, projected, _weights.HiddenForward, biasHidden, starts, results));
    }

    private void RecurBack(float* resultGradients, float* startGradients) =>
        Parts.Run(_plan.Parts, _plan.Parts, 1, (part, _, _) =>
            _recurrences[part].Backward(part, _weights.HiddenBackward, resultGradients, startGradients));

    /// <summary>The input's bias goes into r, z and n, the recurrent one into r, z and g_n.</summary>
    private void AddBiasGradients(Span<float> input, Span<float> hidden)
    {
        for (int part = 0; part < _plan.Parts; part++)
        {
            ReadOnlySpan<float> sums = _recurrences[part].BiasSums;
            TensorPrimitives.Add(hidden, sums[..(3 * _units)], hidden);
            AddInputSide(sums, input);
        }
    }

    /// <summary>Sums the gradients of each term's projection over its tokens, and takes them back through the weights if they are needed.</summary>
    private void AddTermGradients(float* termGradients)
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

            if (termGradients == null) return;
            MatrixProduct.Multiply(
                new LeftOperand(projected + (nint)start * gates, gates, 1), end - start, _weights.InputBackward,
                [], termGradients + (nint)start * _dimensions, _dimensions, accumulate: true);
        });
    }

    /// <summary>Each thread sums over its own slots and terms; the first right into the result, the others into memory of their own that is added then.</summary>
    private void AddWeightGradients(float* terms, float* weightInputGradients, float* weightHiddenGradients)
    {
        if (_plan.Slots == 0) return;
        int gates = 3 * _units;
        int parts = Parts.Run(_threads, _plan.Slots, SlotsPerThread, (part, start, end) =>
        {
            var sums = _weightGradients[part];
            if (part > 0) sums.Clear();
            int firstTerm = (int)((long)_plan.Terms * start / _plan.Slots), endTerm = (int)((long)_plan.Terms * end / _plan.Slots);
            sums.AddSlots(_tape.Gates(start), _tape.State(start), end - start, part > 0 ? sums.Hidden : weightHiddenGradients);
            sums.AddTerms(
                _projected.Start + (nint)firstTerm * gates, terms + (nint)firstTerm * _dimensions, endTerm - firstTerm,
                part > 0 ? sums.Input : weightInputGradients);
        });
        if (parts == 1) return;
        Parts.Run(_threads, gates, SumRowsPerThread, (_, start, end) =>
        {
            for (int part = 1; part < parts; part++)
            {
                AddRows(_weightGradients[part].Input, weightInputGradients, _dimensions, start, end);
                AddRows(_weightGradients[part].Hidden, weightHiddenGradients, _units, start, end);
            }
        });
    }

    private static void AddRows(float* from, float* to, int width, int start, int end)
    {
        var sums = new Span<float>(to + (nint)start * width, (end - start) * width);
        TensorPrimitives.Add(sums, new ReadOnlySpan<float>(from + (nint)start * width, sums.Length), sums);
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
