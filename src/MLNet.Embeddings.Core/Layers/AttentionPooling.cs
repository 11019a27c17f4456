using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>The mean of each row's vectors, weighted by learned attention: see <see cref="SequenceEncoder.Attention"/>.</summary>
/// <remarks>A term's score does not depend on the row, so it is computed once for each different term: in scoring, when a key is first met.</remarks>
internal sealed unsafe class AttentionPooling : PoolingLayer
{
    /// <summary>Vectors, rows, and rows of weights, that are worth a thread.</summary>
    private const int VectorsPerThread = 64, RowsPerThread = 16;

    private readonly int _width, _threads;
    private readonly Parameter _query;
    private readonly DenseLayer _dense;
    private readonly EmbeddingTable? _table;
    private readonly TermValues? _scoresOfKeys;
    private readonly AlignedFloats _hidden = new(), _inputGradients = new();
    private readonly Action<int, int, int> _score, _backwardShares;
    private readonly Action<int, int> _pool, _scatter;
    private RaggedRows _rows = null!;
    private float* _terms, _vectors, _termGradients;
    private float[] _scores = [], _shares = [], _shareGradients = [];

    /// <param name="context">What the layers of the network share.</param>
    /// <param name="shape">The column.</param>
    /// <param name="table">The table whose rows are pooled; null for states.</param>
    internal AttentionPooling(LayerContext context, SequenceShape shape, EmbeddingTable? table)
    {
        (_width, _threads, _table) = (shape.OutputSize, context.Threads, table);
        _dense = DenseLayer.Of(context, shape.AttentionWeights, shape.AttentionBias, _width, _width);
        _query = context.Vector(shape.AttentionQuery, Initializers.Glorot(_width, 1), _width);
        // Made once, so that scoring allocates nothing.
        (_score, _pool, _backwardShares, _scatter) = (Score, Pool, BackwardShares, Scatter);
        if (table is not null && context.Parameters.IsFixed)
            _scoresOfKeys = context.Parameters.Share(shape.AttentionQuery, () => new TermValues(table, 1, ScoreFresh));
    }

    internal override ReadOnlySpan<float> Attention => _shares.AsSpan(0, _rows.Tokens);

    internal override void Pack(bool backward) => _dense.Pack(backward);

    internal override void Forward(RaggedRows rows, ReadOnlySpan<float> terms, Span<float> vectors)
    {
        Require(ref _scores, rows.Terms);
        _hidden.Require(rows.Terms * _width);
        fixed (float* from = terms)
        {
            _terms = from;
            Parts.Run(_threads, rows.Terms, VectorsPerThread, _score);
        }
        fixed (float* scores = _scores) Pool(rows, scores, terms, vectors);
    }

    internal override void ForwardByKey(RaggedRows rows, ReadOnlySpan<int> keys, Span<float> vectors) =>
        Pool(rows, _scoresOfKeys!.Require(keys, _threads), _table!.Values, vectors);

    internal override void Backward(RaggedRows rows, ReadOnlySpan<float> gradients, ReadOnlySpan<float> terms, Span<float> termGradients, float[] sums)
    {
        Require(ref _shareGradients, rows.Tokens);
        fixed (float* added = gradients, values = terms, to = termGradients)
        {
            _rows = rows;
            _vectors = added;
            _terms = values;
            _termGradients = to;
            Parts.Run(_threads, rows.Count, RowsPerThread, _backwardShares);
            if (to != null) ColumnParts.Run(_threads, _width, rows.Tokens, _scatter);
        }
        BackwardScores(rows, terms, termGradients, sums);
    }

    /// <summary>q · tanh(W e + b) for vectors e.</summary>
    private void Score(ReadOnlySpan<float> vectors, int count, Span<float> hidden, Span<float> scores)
    {
        _dense.Forward(vectors, count, hidden);
        Activation.Tanh(hidden);
        MatrixProduct.MultiplyByVector(hidden, count, _query.Values, 0, scores);
    }

    private void Score(int part, int start, int end)
    {
        int count = end - start, numbers = count * _width;
        Score(new(_terms + (nint)start * _width, numbers), count, new(_hidden.Start + (nint)start * _width, numbers), _scores.AsSpan(start));
    }

    private void ScoreFresh(ReadOnlySpan<float> vectors, int count, Span<float> scores) => Score(vectors, count, new float[count * _width], scores);

    /// <summary>The sums of vectors, each times its share: the softmax of the scores.</summary>
    private void Pool(RaggedRows rows, float* scores, ReadOnlySpan<float> terms, Span<float> vectors)
    {
        Require(ref _shares, rows.Tokens);
        for (int row = 0; row < rows.Count; row++)
        {
            var shares = _shares.AsSpan(rows.Start(row), rows.Length(row));
            var termsOfRow = rows.TermsOf(row);
            for (int i = 0; i < shares.Length; i++) shares[i] = scores[termsOfRow[i]];
            Softmax.Apply(shares);
        }
        fixed (float* from = terms, to = vectors)
        {
            _rows = rows;
            _terms = from;
            _vectors = to;
            ColumnParts.Run(_threads, _width, rows.Tokens, _pool);
        }
    }

    private void Pool(int first, int count)
    {
        fixed (float* shares = _shares)
        {
            for (int row = 0; row < _rows.Count; row++)
                GatheredRows.Sum(_terms + first, _width, _rows.TermsOf(row), shares + _rows.Start(row), 1, _vectors + (nint)row * _width + first, count);
        }
    }

    private void Scatter(int first, int count)
    {
        fixed (float* shares = _shares)
        {
            for (int row = 0; row < _rows.Count; row++)
                GatheredRows.Scatter(
                    _vectors + (nint)row * _width + first, _rows.TermsOf(row), shares + _rows.Start(row), 1, _termGradients + first, _width, count);
        }
    }

    /// <summary>The gradient of a token's score: its share times how far the gradient of the share is above their mean.</summary>
    private void BackwardShares(int part, int start, int end)
    {
        for (int row = start; row < end; row++)
        {
            var terms = _rows.TermsOf(row);
            ReadOnlySpan<float> gradient = new(_vectors + (nint)row * _width, _width), shares = _shares.AsSpan(_rows.Start(row), terms.Length);
            var gradients = _shareGradients.AsSpan(_rows.Start(row), terms.Length);
            for (int i = 0; i < terms.Length; i++) gradients[i] = TensorPrimitives.Dot(gradient, new(_terms + (nint)terms[i] * _width, _width));
            float mean = TensorPrimitives.Dot(shares, gradients);
            for (int i = 0; i < terms.Length; i++) gradients[i] = shares[i] * (gradients[i] - mean);
        }
    }

    /// <summary>From the gradients of the scores, summed over the terms' tokens, to those of query, weights, bias and terms.</summary>
    private void BackwardScores(RaggedRows rows, ReadOnlySpan<float> terms, Span<float> termGradients, float[] sums)
    {
        var scoreGradients = _scores.AsSpan(0, rows.Terms);
        scoreGradients.Clear();
        for (int row = 0; row < rows.Count; row++)
        {
            int token = rows.Start(row);
            foreach (int term in rows.TermsOf(row)) scoreGradients[term] += _shareGradients[token++];
        }
        int count = rows.Terms, numbers = count * _width;
        var hidden = _hidden.Span(numbers);
        fixed (float* weights = scoreGradients, toQuery = _query.In(sums)) RowSums.AddWeighted(weights, 1, _hidden.Start, _width, count, toQuery, _width);
        for (int term = 0; term < count; term++) BackwardTanh(hidden.Slice(term * _width, _width), scoreGradients[term]);
        var inputGradients = termGradients.IsEmpty ? [] : _inputGradients.Span(numbers);
        _dense.BackwardAll(terms, count, hidden, inputGradients, sums);
        if (!termGradients.IsEmpty) TensorPrimitives.Add(termGradients[..numbers], inputGradients, termGradients[..numbers]);
    }

    /// <summary>Replaces h = tanh(x) by the gradient of x: that of the score times q (1 - h²).</summary>
    private void BackwardTanh(Span<float> hidden, float scoreGradient)
    {
        TensorPrimitives.Multiply(hidden, hidden, hidden);
        TensorPrimitives.Subtract(1, hidden, hidden);
        TensorPrimitives.Multiply(hidden, _query.Values, hidden);
        TensorPrimitives.Multiply(hidden, scoreGradient, hidden);
    }

    private static void Require(ref float[] memory, int length)
    {
        if (memory.Length < length) memory = new float[length + length / 4];
    }
}
