using System.Numerics;

namespace MLNet.Embeddings;

/// <summary>For each filter the largest sum over a row's windows, and which window it is of; of equal ones the first.</summary>
/// <param name="form">The form.</param>
/// <param name="projected">What terms give to windows, (terms, window · filters).</param>
/// <param name="terms">The terms of the row's tokens, of which there is at least one; those that a window lacks count as zeros.</param>
internal readonly unsafe ref struct WindowMaximum(ConvolutionForm form, float* projected, ReadOnlySpan<int> terms)
{
    private readonly ReadOnlySpan<int> _terms = terms;
    private readonly float* _projected = projected;
    private readonly nint _filters = form.Filters, _stride = form.Projected;
    private readonly int _tokens = Math.Min(form.Window, terms.Length), _windows = Math.Max(terms.Length - form.Window, 0) + 1;

    /// <param name="maxima">Receives the largest sums, (filters).</param>
    /// <param name="windows">Receives the windows' first tokens, (filters); null if these are not wanted.</param>
    public void Find(float* maxima, int* windows)
    {
        nint filter = 0;
        for (; filter <= _filters - Vector<float>.Count; filter += Vector<float>.Count)
            FindVector(filter, maxima + filter, windows == null ? null : windows + filter);
        for (; filter < _filters; filter++)
        {
            float best = Sum(0, filter);
            int bestOf = 0;
            for (int window = 1; window < _windows; window++)
                if (Sum(window, filter) is var sum && sum > best) (best, bestOf) = (sum, window);
            maxima[filter] = best;
            if (windows != null) windows[filter] = bestOf;
        }
    }

    private void FindVector(nint filter, float* maxima, int* windows)
    {
        Vector<float> best = VectorSum(0, filter);
        Vector<int> bestOf = Vector<int>.Zero;
        for (int window = 1; window < _windows; window++)
        {
            Vector<float> sum = VectorSum(window, filter);
            Vector<int> larger = Vector.GreaterThan(sum, best);
            best = Vector.ConditionalSelect(larger, sum, best);
            bestOf = Vector.ConditionalSelect(larger, new Vector<int>(window), bestOf);
        }

        best.Store(maxima);
        if (windows != null) bestOf.Store(windows);
    }

    private Vector<float> VectorSum(int window, nint filter)
    {
        Vector<float> sum = Vector.Load(_projected + _terms[window] * _stride + filter);
        for (int position = 1; position < _tokens; position++)
            sum += Vector.Load(_projected + _terms[window + position] * _stride + position * _filters + filter);
        return sum;
    }

    private float Sum(int window, nint filter)
    {
        float sum = _projected[_terms[window] * _stride + filter];
        for (int position = 1; position < _tokens; position++)
            sum += _projected[_terms[window + position] * _stride + position * _filters + filter];
        return sum;
    }
}
