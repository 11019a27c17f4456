namespace MLNet.Embeddings;

/// <summary>The sum or the mean of the terms of each row, zeros for a row without tokens; forward and backward, one batch at a time.</summary>
/// <param name="width">Length of a term's vector.</param>
/// <param name="mean">True for means.</param>
/// <param name="threads">How many threads may work.</param>
internal sealed unsafe class RaggedSum(int width, bool mean, int threads)
{
    /// <summary>The batch.</summary>
    public RaggedRows Rows { get; } = new();

    /// <param name="terms">(terms, width).</param>
    /// <param name="vectors">The result, (rows, width).</param>
    public void Forward(ReadOnlySpan<float> terms, Span<float> vectors)
    {
        fixed (float* from = terms[..(Rows.Terms * width)], to = vectors[..(Rows.Count * width)])
        {
            float* values = from, sums = to;
            ColumnParts.Run(threads, width, Rows.Tokens, (first, count) =>
            {
                for (int row = 0; row < Rows.Count; row++)
                {
                    float weight = Weight(row);
                    GatheredRows.Sum(values + first, width, Rows.TermsOf(row), &weight, 0, sums + (nint)row * width + first, count);
                }
            });
        }
    }

    /// <param name="vectorGradients">(rows, width).</param>
    /// <param name="termGradients">Added to, (terms, width).</param>
    public void Backward(ReadOnlySpan<float> vectorGradients, Span<float> termGradients)
    {
        fixed (float* from = vectorGradients[..(Rows.Count * width)], to = termGradients[..(Rows.Terms * width)])
        {
            float* added = from, sums = to;
            ColumnParts.Run(threads, width, Rows.Tokens, (first, count) =>
            {
                for (int row = 0; row < Rows.Count; row++)
                {
                    float weight = Weight(row);
                    GatheredRows.Scatter(added + (nint)row * width + first, Rows.TermsOf(row), &weight, 0, sums + first, width, count);
                }
            });
        }
    }

    private float Weight(int row) => mean ? 1f / Math.Max(Rows.Length(row), 1) : 1;
}
