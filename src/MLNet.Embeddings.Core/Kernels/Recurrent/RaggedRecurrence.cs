using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>
/// One direction of a recurrent layer over batches of rows of any lengths, without padded work: forward and backward for training, forward alone for
/// validation and scoring. Keeps its memory from batch to batch; treats one batch at a time, on as many threads as it was given.
/// </summary>
/// <remarks>
/// What a term gives to the gates is computed once for each different term, not for each token, and likewise in the backward pass. Each thread takes its own
/// rows through all steps, so threads meet only between phases. A row's states have the same bits whatever other rows, threads and way forward there are; the
/// same input and number of threads give gradients of the same bits. Equations: <see cref="GruStep"/>, <see cref="LstmStep"/>.
/// </remarks>
internal sealed unsafe class RaggedRecurrence
{
    /// <summary>Terms that are worth a thread.</summary>
    private const int TermsPerThread = 64;

    private readonly RecurrentForm _form;
    private readonly int _threads;
    private readonly RecurrentBatch _batch;
    private readonly RecurrentSteps[] _steps;
    private readonly RecurrentGradients _gradients;
    private readonly AlignedFloats _projected = new();
    private readonly Action<int, int, int> _project, _forward, _backward;
    private float* _terms;
    private bool _hasTape, _hasStarts;

    /// <param name="form">What it computes.</param>
    /// <param name="threads">The most threads, at least one.</param>
    public RaggedRecurrence(RecurrentForm form, int threads)
    {
        (_form, _threads) = (form, threads);
        _batch = new RecurrentBatch(form, threads);
        _steps = [.. Enumerable.Range(0, threads).Select(_ => RecurrentSteps.Of(form, _batch))];
        _gradients = new RecurrentGradients(form, _batch, threads);
        // Made once, so that a pass forward allocates nothing.
        (_project, _forward, _backward) = (Project, (part, _, _) => _steps[part].Forward(part), (part, _, _) => _steps[part].Backward(part));
    }

    /// <summary>Computes the states that the form asks for. A row without tokens ends with the state that it starts with.</summary>
    /// <param name="rows">The rows, which may not change until <see cref="Backward"/>.</param>
    /// <param name="terms">The embeddings, (terms, dimensions).</param>
    /// <param name="weights">Packed for the forward pass.</param>
    /// <param name="results">The results, (rows, width) or (tokens, width); of a row's width that which is this direction's is overwritten.</param>
    /// <param name="keep">True to keep what <see cref="Backward"/> needs.</param>
    /// <param name="starts">The state that each row starts with, (rows, state size); empty for zeros.</param>
    public void Forward(
        RaggedRows rows, ReadOnlySpan<float> terms, RecurrentWeights weights, Span<float> results, bool keep, ReadOnlySpan<float> starts = default)
    {
        fixed (float* vectors = terms[..(rows.Terms * _form.Dimensions)])
        {
            _terms = vectors;
            _batch.Weights = weights;
            _batch.Projected = _projected.Require(checked(rows.Terms * _form.Gates));
            Parts.Run(_threads, rows.Terms, TermsPerThread, _project);
        }

        Recur(rows, results, keep, starts);
    }

    /// <summary>
    /// The same without a tape, given what terms give to the gates: <see cref="RecurrentWeights.Project(ReadOnlySpan{float}, int, Span{float})"/>.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="projected">(terms, gates · units), of which those of the rows' terms are read; must not move during the call.</param>
    /// <param name="weights">Packed for the forward pass.</param>
    /// <param name="results">As of <see cref="Forward"/>.</param>
    /// <param name="starts">As of <see cref="Forward"/>.</param>
    public void ForwardProjected(RaggedRows rows, float* projected, RecurrentWeights weights, Span<float> results, ReadOnlySpan<float> starts = default)
    {
        _batch.Projected = projected;
        _batch.Weights = weights;
        Recur(rows, results, keep: false, starts);
    }

    /// <summary>One step of some states in place, on the calling thread: what a decoder does.</summary>
    /// <param name="count">How many states.</param>
    /// <param name="projected">What terms give to the gates, (terms, gates · units).</param>
    /// <param name="terms">The term that each reads; empty if each reads the one of its own number.</param>
    /// <param name="weights">Packed for the forward pass.</param>
    /// <param name="states">(count, state size).</param>
    public void Step(int count, float* projected, ReadOnlySpan<int> terms, RecurrentWeights weights, float* states) =>
        _steps[0].Step(count, projected, terms, weights, states);

    /// <summary>The same for vectors (count, dimensions), each of which one state reads.</summary>
    public void Step(int count, float* vectors, RecurrentWeights weights, float* states)
    {
        float* projected = _projected.Require(checked(count * _form.Gates));
        weights.Project(vectors, count, projected);
        Step(count, projected, [], weights, states);
    }

    /// <summary>Adds all gradients that follow from those of the results, once after each <see cref="Forward"/> that keeps.</summary>
    /// <param name="resultGradients">As the results of <see cref="Forward"/>.</param>
    /// <param name="terms">As given to <see cref="Forward"/>.</param>
    /// <param name="weights">The same weights, packed for the backward pass.</param>
    /// <param name="termGradients">Added to, (terms, dimensions); empty if they are not needed.</param>
    /// <param name="weightInputGradients">Added to, (gates · units, dimensions).</param>
    /// <param name="weightHiddenGradients">Added to, (gates · units, units).</param>
    /// <param name="biasInputGradients">Added to, (gates · units).</param>
    /// <param name="biasHiddenGradients">Added to, (gates · units).</param>
    /// <param name="startGradients">Added to, (rows, state size), if <see cref="Forward"/> was given starts; else not looked at.</param>
    public void Backward(
        ReadOnlySpan<float> resultGradients, ReadOnlySpan<float> terms, RecurrentWeights weights,
        Span<float> termGradients, Span<float> weightInputGradients, Span<float> weightHiddenGradients,
        Span<float> biasInputGradients, Span<float> biasHiddenGradients, Span<float> startGradients = default)
    {
        if (!_hasTape)
            throw new InvalidOperationException("Backward was called without a Forward that keeps before it; it uses up what one Forward left.");

        (_hasTape, _batch.Weights) = (false, weights);
        int gates = _form.Gates, dimensions = _form.Dimensions, count = _batch.Rows.Terms;
        fixed (float* results = resultGradients[..(ResultCount * _form.Width)])
        fixed (float* starts = _hasStarts ? startGradients[..(_batch.Rows.Count * _form.StateSize)] : [])
        {
            _batch.Results = results;
            _batch.Starts = starts;
            Parts.Run(_batch.Dealt.Parts, _batch.Dealt.Parts, 1, _backward);
        }

        AddBiasGradients(biasInputGradients[..gates], biasHiddenGradients[..gates]);
        fixed (float* vectors = terms[..(count * dimensions)], sums = termGradients.IsEmpty ? [] : termGradients[..(count * dimensions)])
        fixed (float* input = weightInputGradients[..(gates * dimensions)], hidden = weightHiddenGradients[..(gates * _form.Units)])
        {
            AddTermGradients(sums);
            _gradients.Add(vectors, _projected.Start, input, hidden);
        }

        GC.KeepAlive(this);
    }

    private int ResultCount => _form.EveryState ? _batch.Rows.Tokens : _batch.Rows.Count;

    private void Project(int part, int start, int end) =>
        _batch.Weights.Project(_terms + (nint)start * _form.Dimensions, end - start, _batch.Projected + (nint)start * _form.Gates);

    private void Recur(RaggedRows rows, Span<float> results, bool keep, ReadOnlySpan<float> starts)
    {
        _hasTape = false;
        _batch.Begin(rows, keep);
        fixed (float* states = results[..(ResultCount * _form.Width)], first = starts.IsEmpty ? [] : starts[..(rows.Count * _form.StateSize)])
        {
            _batch.Results = states;
            _batch.Starts = first;
            Parts.Run(_batch.Dealt.Parts, _batch.Dealt.Parts, 1, _forward);
        }

        (_hasTape, _hasStarts) = (keep, !starts.IsEmpty);
        GC.KeepAlive(this);
    }

    private void AddBiasGradients(Span<float> input, Span<float> hidden)
    {
        for (int part = 0; part < _batch.Dealt.Parts; part++)
        {
            ReadOnlySpan<float> sums = _steps[part].Sums;
            TensorPrimitives.Add(hidden, sums[.._form.Gates], hidden);
            _steps[part].AddInputGradient(sums, input);
        }
    }

    /// <summary>Sums the gradients of what each term gives to the gates over its tokens, and takes them back through the weights if they are needed.</summary>
    private void AddTermGradients(float* termGradients)
    {
        float* projected = _projected.Start;
        int gates = _form.Gates, dimensions = _form.Dimensions;
        Parts.Run(_threads, _batch.Rows.Terms, TermsPerThread, (_, start, end) =>
        {
            for (int term = start; term < end; term++)
            {
                var sum = new Span<float>(projected + (nint)term * gates, gates);
                sum.Clear();
                foreach (int slot in _batch.SlotsOf(term))
                    _steps[0].AddInputGradient(new ReadOnlySpan<float>(_batch.Kept(slot), IRecurrentStep.Kept * _form.Units), sum);
            }

            if (termGradients == null) return;
            MatrixProduct.Multiply(
                new LeftOperand(projected + (nint)start * gates, gates, 1), end - start, _batch.Weights.InputBackward,
                [], termGradients + (nint)start * dimensions, dimensions, accumulate: true);
        });
    }
}
