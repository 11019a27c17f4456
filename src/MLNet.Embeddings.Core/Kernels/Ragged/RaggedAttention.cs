using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>The mean of the terms of each row, weighted by the softmax of their <see cref="AttentionScores"/>; zeros for a row without tokens. One batch at a time.</summary>
/// <param name="width">Length of a term's vector.</param>
/// <param name="threads">How many threads may work.</param>
internal sealed unsafe class RaggedAttention(int width, int threads)
{
    /// <summary>Rows that are worth a thread.</summary>
    private const int RowsPerThread = 16;

    private readonly AttentionScores _scores = new(width, threads);
    private float[] _scoreOfTerm = [], _shares = [], _shareGradients = [];

    /// <summary>The batch.</summary>
    public RaggedRows Rows { get; } = new();

    /// <summary>Keeps what <see cref="Backward"/> needs.</summary>
    /// <param name="terms">(terms, width).</param>
    /// <param name="weights">(width, width).</param>
    /// <param name="bias">(width).</param>
    /// <param name="query">(width).</param>
    /// <param name="vectors">The result, (rows, width).</param>
    public void Forward(ReadOnlySpan<float> terms, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> query, Span<float> vectors)
    {
        Require(ref _scoreOfTerm, Rows.Terms);
        Require(ref _shares, Rows.Tokens);
        _scores.Forward(terms, weights, bias, query, _scoreOfTerm.AsSpan(0, Rows.Terms));
        for (int row = 0; row < Rows.Count; row++) Share(row);

        fixed (float* from = terms, to = vectors[..(Rows.Count * width)], first = _shares)
        {
            float* values = from, sums = to, shares = first;
            ColumnParts.Run(threads, width, Rows.Tokens, (start, count) =>
            {
                for (int row = 0; row < Rows.Count; row++)
                    GatheredRows.Sum(values + start, width, Rows.TermsOf(row), shares + Rows.Start(row), 1, sums + (nint)row * width + start, count);
            });
        }
    }

    /// <summary>Adds all gradients that follow from those of the vectors, once after each <see cref="Forward"/>.</summary>
    /// <param name="vectorGradients">(rows, width).</param>
    /// <param name="terms">As given to <see cref="Forward"/>.</param>
    /// <param name="weights">As given to <see cref="Forward"/>.</param>
    /// <param name="query">As given to <see cref="Forward"/>.</param>
    /// <param name="termGradients">Added to, (terms, width).</param>
    /// <param name="weightGradients">Added to, (width, width).</param>
    /// <param name="biasGradients">Added to, (width).</param>
    /// <param name="queryGradients">Added to, (width).</param>
    public void Backward(
        ReadOnlySpan<float> vectorGradients, ReadOnlySpan<float> terms, ReadOnlySpan<float> weights, ReadOnlySpan<float> query,
        Span<float> termGradients, Span<float> weightGradients, Span<float> biasGradients, Span<float> queryGradients)
    {
        Require(ref _shareGradients, Rows.Tokens);
        fixed (float* from = vectorGradients[..(Rows.Count * width)], of = terms[..(Rows.Terms * width)], to = termGradients[..(Rows.Terms * width)], first = _shares)
        {
            float* added = from, values = of, sums = to, shares = first;
            Parts.Run(threads, Rows.Count, RowsPerThread, (_, start, end) =>
            {
                for (int row = start; row < end; row++) BackToScores(row, new(added + (nint)row * width, width), values);
            });
            ColumnParts.Run(threads, width, Rows.Tokens, (start, count) =>
            {
                for (int row = 0; row < Rows.Count; row++)
                    GatheredRows.Scatter(added + (nint)row * width + start, Rows.TermsOf(row), shares + Rows.Start(row), 1, sums + start, width, count);
            });
        }

        _scores.Backward(GradientsOfScores(), terms, weights, query, termGradients, weightGradients, biasGradients, queryGradients);
    }

    private void Share(int row)
    {
        var shares = _shares.AsSpan(Rows.Start(row), Rows.Length(row));
        var terms = Rows.TermsOf(row);
        for (int i = 0; i < terms.Length; i++) shares[i] = _scoreOfTerm[terms[i]];
        Softmax.Apply(shares);
    }

    /// <summary>The gradient of a token's score: its share times how far the gradient of the share is above their mean.</summary>
    private void BackToScores(int row, ReadOnlySpan<float> gradient, float* values)
    {
        var terms = Rows.TermsOf(row);
        ReadOnlySpan<float> shares = _shares.AsSpan(Rows.Start(row), terms.Length);
        var gradients = _shareGradients.AsSpan(Rows.Start(row), terms.Length);
        for (int i = 0; i < terms.Length; i++) gradients[i] = TensorPrimitives.Dot(gradient, new(values + (nint)terms[i] * width, width));
        float mean = TensorPrimitives.Dot(shares, gradients);
        for (int i = 0; i < terms.Length; i++) gradients[i] = shares[i] * (gradients[i] - mean);
    }

    /// <summary>The gradients of the terms' scores, in the place of the scores: sums over the terms' tokens.</summary>
    private ReadOnlySpan<float> GradientsOfScores()
    {
        var sums = _scoreOfTerm.AsSpan(0, Rows.Terms);
        sums.Clear();
        for (int row = 0; row < Rows.Count; row++)
        {
            int token = Rows.Start(row);
            foreach (int term in Rows.TermsOf(row)) sums[term] += _shareGradients[token++];
        }

        return sums;
    }

    private static void Require(ref float[] memory, int length)
    {
        if (memory.Length < length) memory = new float[length + length / 4];
    }
}
