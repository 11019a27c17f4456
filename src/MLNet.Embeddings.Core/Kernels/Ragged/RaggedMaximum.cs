using System.Numerics;

namespace MLNet.Embeddings;

/// <summary>The element-wise maximum of the terms of each row, zeros for a row without tokens; forward and backward, one batch at a time.</summary>
/// <remarks>Of equal numbers the first term's is the maximum, and gets the gradient.</remarks>
/// <param name="width">Length of a term's vector.</param>
/// <param name="threads">How many threads may work.</param>
internal sealed class RaggedMaximum(int width, int threads)
{
    private int[] _termOfMaximum = [];

    /// <summary>The batch.</summary>
    public RaggedRows Rows { get; } = new();

    /// <summary>Keeps which term each maximum is of, for <see cref="Backward"/>.</summary>
    /// <param name="terms">(terms, width).</param>
    /// <param name="vectors">The result, (rows, width).</param>
    public unsafe void Forward(ReadOnlySpan<float> terms, Span<float> vectors)
    {
        int numbers = Rows.Count * width;
        if (_termOfMaximum.Length < numbers)
            _termOfMaximum = new int[numbers + numbers / 4];
        fixed (float* from = terms[..(Rows.Terms * width)], to = vectors[..numbers])
        fixed (int* of = _termOfMaximum)
        {
            float* values = from, maxima = to;
            int* termOf = of;
            ColumnParts.Run(threads, width, Rows.Tokens, (first, count) =>
            {
                for (int row = 0; row < Rows.Count; row++)
                {
                    nint start = (nint)row * width + first;
                    Maximum(values + first, Rows.TermsOf(row), maxima + start, termOf + start, count);
                }
            });
        }
    }

    /// <param name="vectorGradients">(rows, width).</param>
    /// <param name="termGradients">Added to, (terms, width).</param>
    public void Backward(ReadOnlySpan<float> vectorGradients, Span<float> termGradients)
    {
        for (int row = 0; row < Rows.Count; row++)
        {
            if (Rows.Length(row) == 0) continue;
            var termOf = _termOfMaximum.AsSpan(row * width, width);
            for (int column = 0; column < width; column++)
                termGradients[termOf[column] * width + column] += vectorGradients[row * width + column];
        }
    }

    private unsafe void Maximum(float* values, ReadOnlySpan<int> terms, float* maxima, int* termOf, int count)
    {
        if (terms.IsEmpty)
        {
            new Span<float>(maxima, count).Clear();
            return;
        }

        int column = 0;
        for (; column <= count - Vector<float>.Count; column += Vector<float>.Count)
        {
            var best = Vector.Load(values + (nint)terms[0] * width + column);
            var bestOf = new Vector<int>(terms[0]);
            foreach (int term in terms[1..])
            {
                var next = Vector.Load(values + (nint)term * width + column);
                var larger = Vector.GreaterThan(next, best);
                best = Vector.ConditionalSelect(larger, next, best);
                bestOf = Vector.ConditionalSelect(larger, new Vector<int>(term), bestOf);
            }

            best.Store(maxima + column);
            bestOf.Store(termOf + column);
        }

        for (; column < count; column++)
        {
            int bestOf = terms[0];
            foreach (int term in terms[1..])
                if (values[(nint)term * width + column] > values[(nint)bestOf * width + column])
                    bestOf = term;
            (maxima[column], termOf[column]) = (values[(nint)bestOf * width + column], bestOf);
        }
    }
}
