using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>
/// A convolution over rows of any lengths, and of each filter its largest output over time: forward and backward for training, forward alone for validation and
/// scoring. Keeps its memory from batch to batch; treats one batch at a time.
/// </summary>
/// <remarks>
/// Effectively computes max over t of relu(Σ W_k e_(t+k) + b), k from 0 to the window's width (Kim 2014, arXiv 1408.5882, equations 2 to 4). A row shorter
/// than a window is padded with zeros at its end; a row without tokens gives zeros. The products W_k e are computed once for each different term, so that a
/// window costs only their sum. Results and gradients have the same bits on any number of threads.
/// </remarks>
internal sealed unsafe class RaggedConvolution
{
    /// <summary>Terms, filters, rows of weights, and sums of windows that are worth a thread.</summary>
    private const int TermsPerThread = 64, FiltersPerThread = 16, WeightsPerThread = 24, SumsPerThread = 65_536;

    private readonly ConvolutionForm _form;
    private readonly int _threads;
    private readonly AlignedFloats _projected = new(), _weightSums = new();
    private readonly TransposedWorkspace[] _workspaces;
    private readonly Action<int, int, int> _project, _findMaxima;
    private RaggedRows _rows = new();
    private ConvolutionWeights _weights = null!;
    private int[] _windows = [];
    private float* _terms, _projections, _results;
    private bool _keeps, _hasTape;

    /// <param name="form">What it computes.</param>
    /// <param name="threads">The most threads, at least one.</param>
    public RaggedConvolution(ConvolutionForm form, int threads)
    {
        (_form, _threads) = (form, threads);
        _workspaces = [.. Enumerable.Range(0, threads).Select(_ => new TransposedWorkspace(form.Dimensions))];
        // Made once, so that a pass forward allocates nothing.
        (_project, _findMaxima) = (Project, FindMaxima);
    }

    /// <summary>Computes the largest outputs.</summary>
    /// <param name="rows">The rows, which may not change until <see cref="Backward"/>.</param>
    /// <param name="terms">The embeddings, (terms, dimensions).</param>
    /// <param name="weights">Packed for the forward pass.</param>
    /// <param name="results">The results, (rows, width); of a row's width that which is this convolution's is overwritten.</param>
    /// <param name="keep">True to keep what <see cref="Backward"/> needs.</param>
    public void Forward(RaggedRows rows, ReadOnlySpan<float> terms, ConvolutionWeights weights, Span<float> results, bool keep)
    {
        _weights = weights;
        fixed (float* vectors = terms[..(rows.Terms * _form.Dimensions)])
        {
            _terms = vectors;
            _projections = _projected.Require(checked(rows.Terms * _form.Projected));
            Parts.Run(_threads, rows.Terms, TermsPerThread, _project);
        }

        FindMaxima(rows, results, keep);
    }

    /// <summary>
    /// The same, given what terms give to windows: <see cref="ConvolutionWeights.Project(ReadOnlySpan{float}, int, Span{float})"/>. There is no backward pass
    /// of it.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="projected">(terms, window · filters), of which those of the rows' terms are read; must not move during the call.</param>
    /// <param name="weights">Packed for the forward pass.</param>
    /// <param name="results">As of <see cref="Forward"/>.</param>
    public void ForwardProjected(RaggedRows rows, float* projected, ConvolutionWeights weights, Span<float> results)
    {
        _weights = weights;
        _projections = projected;
        FindMaxima(rows, results, keep: false);
    }

    /// <summary>Adds all gradients that follow from those of the results, once after each <see cref="Forward"/> that keeps.</summary>
    /// <param name="resultGradients">As the results of <see cref="Forward"/>.</param>
    /// <param name="terms">As given to <see cref="Forward"/>.</param>
    /// <param name="weights">The same weights, packed for the backward pass.</param>
    /// <param name="termGradients">Added to, (terms, dimensions); empty if they are not needed.</param>
    /// <param name="weightGradients">Added to, (filters, window · dimensions).</param>
    /// <param name="biasGradients">Added to, (filters).</param>
    public void Backward(
        ReadOnlySpan<float> resultGradients, ReadOnlySpan<float> terms, ConvolutionWeights weights,
        Span<float> termGradients, Span<float> weightGradients, Span<float> biasGradients)
    {
        if (!_hasTape)
            throw new InvalidOperationException("Backward was called without a Forward that keeps before it; it uses up what one Forward left.");

        _hasTape = false;
        int numbers = _rows.Terms * _form.Dimensions;
        fixed (float* results = resultGradients[..(_rows.Count * _form.Width)], vectors = terms[..numbers], toBias = biasGradients[.._form.Filters])
        fixed (float* toTerms = termGradients.IsEmpty ? [] : termGradients[..numbers], toWeights = weightGradients[..(_form.Projected * _form.Dimensions)])
        {
            float* from = results, sums = toBias;
            Parts.Run(_threads, _form.Filters, FiltersPerThread, (_, start, end) => Scatter(from, sums, start, end));
            AddToTerms(weights.Backward, toTerms);
            AddToWeights(vectors, toWeights);
        }

        GC.KeepAlive(this);
    }

    private void Project(int part, int start, int end) =>
        _weights.Project(_terms + (nint)start * _form.Dimensions, end - start, _projections + (nint)start * _form.Projected);

    private void FindMaxima(RaggedRows rows, Span<float> results, bool keep)
    {
        (_rows, _keeps) = (rows, keep);
        int numbers = rows.Count * _form.Filters;
        if (keep && _windows.Length < numbers) _windows = new int[numbers + numbers / 4];
        fixed (float* first = results[..(rows.Count * _form.Width)])
        {
            _results = first;
            Parts.Run(_threads, rows.Count, Parts.Least(rows.Count, (long)rows.Tokens * _form.Projected, SumsPerThread), _findMaxima);
        }

        _hasTape = keep;
        GC.KeepAlive(this);
    }

    private void FindMaxima(int part, int start, int end)
    {
        fixed (int* windows = _windows)
        {
            for (int row = start; row < end; row++)
            {
                float* result = _results + (nint)row * _form.Width + _form.Offset;
                int* windowsOfRow = _keeps ? windows + (nint)row * _form.Filters : null;
                var terms = _rows.TermsOf(row);
                if (!terms.IsEmpty) new WindowMaximum(_form, _projections, terms).Find(result, windowsOfRow);
                Rectify(new Span<float>(result, _form.Filters), terms.IsEmpty, windowsOfRow);
            }
        }
    }

    /// <summary>From sums to results. The bias is the same for all windows, so that it does not matter to the maximum.</summary>
    private void Rectify(Span<float> result, bool isEmpty, int* windows)
    {
        if (isEmpty) result.Clear();
        else TensorPrimitives.Add(result, _weights.Bias, result);
        // Where nothing comes out, nothing goes back.
        for (int filter = 0; windows != null && filter < result.Length; filter++)
            if (isEmpty || !(result[filter] > 0)) windows[filter] = -1;
        TensorPrimitives.Max(result, 0f, result);
    }

    /// <summary>For some filters, the gradients of what terms give to windows, in the place of that: only the largest window has one.</summary>
    private void Scatter(float* resultGradients, float* biasGradients, int firstFilter, int endFilter)
    {
        for (int term = 0; term < _rows.Terms; term++)
            for (int position = 0; position < _form.Window; position++)
                new Span<float>(_projections + Index(term, position, firstFilter), endFilter - firstFilter).Clear();

        for (int row = 0; row < _rows.Count; row++)
        {
            var terms = _rows.TermsOf(row);
            int tokens = Math.Min(_form.Window, terms.Length);
            for (int filter = firstFilter; filter < endFilter; filter++)
            {
                int window = _windows[row * _form.Filters + filter];
                if (window < 0) continue;
                float gradient = resultGradients[(nint)row * _form.Width + _form.Offset + filter];
                biasGradients[filter] += gradient;
                for (int position = 0; position < tokens; position++) _projections[Index(terms[window + position], position, filter)] += gradient;
            }
        }
    }

    private void AddToTerms(PackedMatrix weights, float* termGradients)
    {
        if (termGradients == null) return;
        int projected = _form.Projected, dimensions = _form.Dimensions;
        Parts.Run(_threads, _rows.Terms, TermsPerThread, (_, start, end) => MatrixProduct.Multiply(
            new LeftOperand(_projections + (nint)start * projected, projected, 1), end - start, weights,
            [], termGradients + (nint)start * dimensions, dimensions, accumulate: true));
    }

    /// <summary>The gradients of weights, position by position of the window, and from there to where they belong, filter by filter.</summary>
    private void AddToWeights(float* terms, float* weightGradients)
    {
        int projected = _form.Projected, dimensions = _form.Dimensions;
        float* sums = _weightSums.Require(projected * dimensions);
        Parts.Run(_threads, projected, WeightsPerThread, (part, start, end) =>
        {
            MatrixProduct.MultiplyTransposed(
                _projections + start, projected, end - start, terms, dimensions, _rows.Terms,
                sums + (nint)start * dimensions, _workspaces[part], accumulate: false);
            for (int row = start; row < end; row++)
            {
                var (position, filter) = Math.DivRem(row, _form.Filters);
                var gradient = new Span<float>(weightGradients + ((nint)filter * _form.Window + position) * dimensions, dimensions);
                TensorPrimitives.Add(gradient, new ReadOnlySpan<float>(sums + (nint)row * dimensions, dimensions), gradient);
            }
        });
    }

    private nint Index(nint term, nint position, nint filter) => term * _form.Projected + position * _form.Filters + filter;
}
