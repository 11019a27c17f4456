using System.Numerics;

namespace MLNet.Embeddings;

/// <summary>Makes one vector of the vectors of each row's tokens, without regard to their order; zeros for a row without tokens.</summary>
internal abstract class PoolingLayer
{
    /// <summary>The pooling of a column's terms, or of the states that encode them.</summary>
    /// <param name="context">What the layers of the network share.</param>
    /// <param name="kind">The kind of pooling.</param>
    /// <param name="shape">The column.</param>
    /// <param name="table">The table whose rows are pooled; null for states.</param>
    internal static PoolingLayer Of(LayerContext context, SequencePooling kind, SequenceShape shape, EmbeddingTable? table) => kind switch
    {
        SequencePooling.Mean => new SumPooling(shape.OutputSize, mean: true, table, context.Threads),
        SequencePooling.Sum => new SumPooling(shape.OutputSize, mean: false, table, context.Threads),
        SequencePooling.Max => new MaxPooling(shape.OutputSize, table, context.Threads),
        _ => new AttentionPooling(context, shape, table),
    };

    /// <summary>Lays the weights out as they are now.</summary>
    internal virtual void Pack(bool backward) { }

    /// <summary>The weights of all tokens in what <see cref="Forward"/> gave last, which sum up to 1 in each row; empty where there are none.</summary>
    internal virtual ReadOnlySpan<float> Attention => [];

    /// <param name="rows">The rows.</param>
    /// <param name="terms">Vectors of the terms that their tokens are of: (terms, width).</param>
    /// <param name="vectors">Receives (rows, width).</param>
    internal abstract void Forward(RaggedRows rows, ReadOnlySpan<float> terms, Span<float> vectors);

    /// <summary>The same for rows of keys of a fixed table.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="keys">The keys of all tokens.</param>
    /// <param name="vectors">Receives (rows, width).</param>
    internal abstract void ForwardByKey(RaggedRows rows, ReadOnlySpan<int> keys, Span<float> vectors);

    /// <param name="rows">As given to <see cref="Forward"/>.</param>
    /// <param name="gradients">Those of the vectors.</param>
    /// <param name="terms">As given to <see cref="Forward"/>.</param>
    /// <param name="termGradients">Added to, (terms, width); empty if they are not wanted.</param>
    /// <param name="sums">What gradients of dense parameters are added to.</param>
    internal abstract void Backward(RaggedRows rows, ReadOnlySpan<float> gradients, ReadOnlySpan<float> terms, Span<float> termGradients, float[] sums);
}

/// <summary>The sum or the mean of each row's vectors.</summary>
internal sealed unsafe class SumPooling : PoolingLayer
{
    private readonly int _width, _threads;
    private readonly bool _mean;
    private readonly EmbeddingTable? _table;
    private readonly Action<int, int> _forward, _backward;
    private RaggedRows _rows = null!;
    private float* _terms, _vectors;

    /// <param name="width">Length of a vector.</param>
    /// <param name="mean">True for means.</param>
    /// <param name="table">The table whose rows are pooled; null for states.</param>
    /// <param name="threads">How many threads may work.</param>
    internal SumPooling(int width, bool mean, EmbeddingTable? table, int threads)
    {
        (_width, _mean, _table, _threads) = (width, mean, table, threads);
        // Made once, so that scoring allocates nothing.
        (_forward, _backward) = (Sum, Scatter);
    }

    internal override void Forward(RaggedRows rows, ReadOnlySpan<float> terms, Span<float> vectors) => Run(rows, terms, vectors, _forward);

    internal override void ForwardByKey(RaggedRows rows, ReadOnlySpan<int> keys, Span<float> vectors) => Forward(rows, _table!.Values, vectors);

    internal override void Backward(RaggedRows rows, ReadOnlySpan<float> gradients, ReadOnlySpan<float> terms, Span<float> termGradients, float[] sums)
    {
        if (!termGradients.IsEmpty) Run(rows, termGradients, gradients, _backward);
    }

    private void Run(RaggedRows rows, ReadOnlySpan<float> terms, ReadOnlySpan<float> vectors, Action<int, int> columns)
    {
        fixed (float* ofTerms = terms, ofRows = vectors)
        {
            _rows = rows;
            _terms = ofTerms;
            _vectors = ofRows;
            ColumnParts.Run(_threads, _width, rows.Tokens, columns);
        }
    }

    private void Sum(int first, int count)
    {
        for (int row = 0; row < _rows.Count; row++)
        {
            float weight = WeightOf(row);
            GatheredRows.Sum(_terms + first, _width, _rows.TermsOf(row), &weight, 0, _vectors + (nint)row * _width + first, count);
        }
    }

    private void Scatter(int first, int count)
    {
        for (int row = 0; row < _rows.Count; row++)
        {
            float weight = WeightOf(row);
            GatheredRows.Scatter(_vectors + (nint)row * _width + first, _rows.TermsOf(row), &weight, 0, _terms + first, _width, count);
        }
    }

    private float WeightOf(int row) => _mean ? 1f / Math.Max(_rows.Length(row), 1) : 1;
}

/// <summary>The element-wise maximum of each row's vectors. Of equal numbers the first token's is the maximum, and gets the gradient.</summary>
internal sealed unsafe class MaxPooling : PoolingLayer
{
    private readonly int _width, _threads;
    private readonly EmbeddingTable? _table;
    private readonly Action<int, int> _forward;
    private RaggedRows _rows = null!;
    private int[] _termOfMaximum = [];
    private float* _terms, _vectors;
    private int* _termOf;

    /// <param name="width">Length of a vector.</param>
    /// <param name="table">The table whose rows are pooled; null for states.</param>
    /// <param name="threads">How many threads may work.</param>
    internal MaxPooling(int width, EmbeddingTable? table, int threads)
    {
        (_width, _table, _threads) = (width, table, threads);
        _forward = Maximum;
    }

    internal override void Forward(RaggedRows rows, ReadOnlySpan<float> terms, Span<float> vectors)
    {
        int numbers = rows.Count * _width;
        if (_termOfMaximum.Length < numbers) _termOfMaximum = new int[numbers + numbers / 4];
        fixed (float* ofTerms = terms, ofRows = vectors)
        fixed (int* termOf = _termOfMaximum)
        {
            _rows = rows;
            _terms = ofTerms;
            _vectors = ofRows;
            _termOf = termOf;
            ColumnParts.Run(_threads, _width, rows.Tokens, _forward);
        }
    }

    internal override void ForwardByKey(RaggedRows rows, ReadOnlySpan<int> keys, Span<float> vectors) => Forward(rows, _table!.Values, vectors);

    internal override void Backward(RaggedRows rows, ReadOnlySpan<float> gradients, ReadOnlySpan<float> terms, Span<float> termGradients, float[] sums)
    {
        for (int row = 0; row < rows.Count && !termGradients.IsEmpty; row++)
        {
            if (rows.Length(row) == 0) continue;
            var termOf = _termOfMaximum.AsSpan(row * _width, _width);
            for (int column = 0; column < _width; column++) termGradients[termOf[column] * _width + column] += gradients[row * _width + column];
        }
    }

    private void Maximum(int first, int count)
    {
        for (int row = 0; row < _rows.Count; row++)
        {
            nint start = (nint)row * _width + first;
            Maximum(_terms + first, _rows.TermsOf(row), _vectors + start, _termOf + start, count);
        }
    }

    private void Maximum(float* values, ReadOnlySpan<int> terms, float* maxima, int* termOf, int count)
    {
        if (terms.IsEmpty)
        {
            new Span<float>(maxima, count).Clear();
            return;
        }
        int column = 0;
        for (; column <= count - Vector<float>.Count; column += Vector<float>.Count)
        {
            var best = Vector.Load(values + (nint)terms[0] * _width + column);
            var bestOf = new Vector<int>(terms[0]);
            foreach (int term in terms[1..])
            {
                var next = Vector.Load(values + (nint)term * _width + column);
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
            {
                if (values[(nint)term * _width + column] > values[(nint)bestOf * _width + column]) bestOf = term;
            }
            (maxima[column], termOf[column]) = (values[(nint)bestOf * _width + column], bestOf);
        }
    }
}
