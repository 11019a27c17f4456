using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>
/// What of the source's states matters at each step of a decoder: the "general" global attention of Luong et al. 2015 (arXiv 1508.04025, section 3.1).
/// </summary>
/// <remarks>Computes Σ aᵢ sᵢ with a = softmax(sᵢ · W h) for each state h of the decoder and the states sᵢ of its source. Keeps what backward needs.</remarks>
internal sealed unsafe class LuongAttention
{
    /// <summary>Products that are worth a thread.</summary>
    private const long ProductsPerThread = 500_000;

    private readonly DenseLayer? _query;
    private readonly PackedMatrix? _projection;
    private readonly int _encoded, _threads;
    private readonly AlignedFloats _queries = new(), _shares = new(), _slopes = new(), _queryGradients = new();
    private readonly Action<int, int, int> _forward, _backward;
    private RaggedRows _steps = null!, _source = null!;
    private int[] _firstShares = [0];
    private float* _memory, _contexts, _memoryGradients;
    private int _stride;

    internal LuongAttention(LayerContext context, EncoderDecoderShape shape)
    {
        (_encoded, _threads) = (shape.EncodedSize, context.Threads);
        var weights = context.Matrix(EncoderDecoderShape.AttentionWeights, Initializers.Glorot(shape.Units, _encoded), _encoded, shape.Units);
        if (!context.Parameters.IsFixed) _query = new DenseLayer(context, weights, bias: null, shape.Units, _encoded);
        else _projection = context.Parameters.Share(weights.Name, () => Transposed(weights.Values, _encoded, shape.Units));
        (_forward, _backward) = ((_, start, end) => ForEach(start, end, Forward), (_, start, end) => ForEach(start, end, Backward));
    }

    /// <summary>Lays the weights out as they are now.</summary>
    internal void Pack(bool backward) => _query?.Pack(backward);

    /// <summary>Wᵀ s of the encoder's states, by fixed weights: a score is the product of that and a decoder's state.</summary>
    /// <remarks>
    /// For decoding, which so has a product for each token of a source and none for each step: a beam takes more steps than the source has tokens.
    /// </remarks>
    /// <param name="states">(tokens, encoded size).</param>
    /// <param name="tokens">How many.</param>
    /// <param name="projected">Receives (tokens, units).</param>
    internal void Project(ReadOnlySpan<float> states, int tokens, Span<float> projected) => MatrixProduct.Multiply(states, tokens, _projection!, [], projected);

    /// <summary>One step: its shares from its scores, and the context from these.</summary>
    /// <param name="query">What is sought.</param>
    /// <param name="keys">What the scores of the source's tokens are products of it with: (tokens, length of the query).</param>
    /// <param name="states">The encoder's states of these tokens: (tokens, encoded size).</param>
    /// <param name="shares">Receives (tokens).</param>
    /// <param name="context">Receives (encoded size).</param>
    internal static void Attend(ReadOnlySpan<float> query, ReadOnlySpan<float> keys, ReadOnlySpan<float> states, Span<float> shares, Span<float> context)
    {
        for (int token = 0; token < shares.Length; token++) shares[token] = TensorPrimitives.Dot(query, keys.Slice(token * query.Length, query.Length));
        Softmax.Apply(shares);
        context.Clear();
        for (int token = 0; token < shares.Length; token++)
            TensorPrimitives.MultiplyAdd(states.Slice(token * context.Length, context.Length), shares[token], context, context);
    }

    /// <param name="steps">Steps of each row.</param>
    /// <param name="states">The decoder's states: (steps, units).</param>
    /// <param name="source">Tokens of each row, at least one.</param>
    /// <param name="memory">The encoder's states: (tokens, encoded size).</param>
    /// <param name="contexts">Receives (steps, stride), of which each row begins with the context, (encoded size).</param>
    /// <param name="stride">From a context to the next.</param>
    internal void Forward(RaggedRows steps, ReadOnlySpan<float> states, RaggedRows source, ReadOnlySpan<float> memory, Span<float> contexts, int stride)
    {
        (_steps, _source, _stride) = (steps, source, stride);
        LayOut();
        _query!.ForwardAll(states, steps.Tokens, _queries.Span(steps.Tokens * _encoded));
        fixed (float* from = memory, to = contexts)
        {
            _memory = from;
            _contexts = to;
            Run(_forward);
        }
    }

    /// <param name="states">As given to <see cref="Forward(RaggedRows, ReadOnlySpan{float}, RaggedRows, ReadOnlySpan{float}, Span{float}, int)"/>.</param>
    /// <param name="memory">As given there.</param>
    /// <param name="contextGradients">Those of the contexts, as they lay there; overwritten.</param>
    /// <param name="stateGradients">Receives (steps, units).</param>
    /// <param name="memoryGradients">Added to: (tokens, encoded size).</param>
    /// <param name="sums">What gradients of dense parameters are added to.</param>
    internal void Backward(
        ReadOnlySpan<float> states, ReadOnlySpan<float> memory, Span<float> contextGradients, Span<float> stateGradients,
        Span<float> memoryGradients, float[] sums)
    {
        var queryGradients = _queryGradients.Span(_steps.Tokens * _encoded);
        queryGradients.Clear();
        fixed (float* from = memory, gradients = contextGradients, to = memoryGradients)
        {
            _memory = from;
            _contexts = gradients;
            _memoryGradients = to;
            Run(_backward);
        }
        _query!.BackwardAll(states, _steps.Tokens, queryGradients, stateGradients, sums);
    }

    private void Forward(int row, int step)
    {
        var states = new ReadOnlySpan<float>(_memory + (nint)_source.Start(row) * _encoded, _source.Length(row) * _encoded);
        Attend(QueryOf(_queries, row, step), states, states, SharesOf(_shares, row, step), ContextOf(row, step));
    }

    private void Backward(int row, int step)
    {
        Span<float> shares = SharesOf(_shares, row, step), slopes = SharesOf(_slopes, row, step), gradient = ContextOf(row, step);
        Span<float> query = QueryOf(_queries, row, step), queryGradient = QueryOf(_queryGradients, row, step);
        for (int token = 0; token < shares.Length; token++) slopes[token] = TensorPrimitives.Dot<float>(gradient, StateOf(_memory, row, token));
        // The gradient of a score: its share times how far the gradient of the share is above their mean.
        float mean = TensorPrimitives.Dot<float>(shares, slopes);
        for (int token = 0; token < shares.Length; token++)
        {
            float slope = shares[token] * (slopes[token] - mean);
            var sum = StateOf(_memoryGradients, row, token);
            TensorPrimitives.MultiplyAdd(gradient, shares[token], sum, sum);
            TensorPrimitives.MultiplyAdd(query, slope, sum, sum);
            TensorPrimitives.MultiplyAdd(StateOf(_memory, row, token), slope, queryGradient, queryGradient);
        }
    }

    /// <summary>Runs rows, whose memories are their own, on as many threads as pay.</summary>
    private void Run(Action<int, int, int> rows) =>
        Parts.Run(_threads, _steps.Count, Parts.Least(_steps.Count, (long)_firstShares[_steps.Count] * _encoded, ProductsPerThread), rows);

    private void ForEach(int start, int end, Action<int, int> body)
    {
        for (int row = start; row < end; row++)
        {
            for (int step = 0; step < _steps.Length(row); step++) body(row, step);
        }
    }

    /// <summary>Where the shares of each row begin: as many as it has steps times tokens.</summary>
    private void LayOut()
    {
        if (_firstShares.Length <= _steps.Count) _firstShares = new int[_steps.Count + _steps.Count / 4 + 1];
        for (int row = 0; row < _steps.Count; row++) _firstShares[row + 1] = checked(_firstShares[row] + _steps.Length(row) * _source.Length(row));
        _shares.Require(_firstShares[_steps.Count]);
        _slopes.Require(_firstShares[_steps.Count]);
    }

    private Span<float> SharesOf(AlignedFloats shares, int row, int step) =>
        new(shares.Start + _firstShares[row] + step * _source.Length(row), _source.Length(row));

    private Span<float> ContextOf(int row, int step) => new(_contexts + (nint)(_steps.Start(row) + step) * _stride, _encoded);

    private Span<float> QueryOf(AlignedFloats queries, int row, int step) => new(queries.Start + (nint)(_steps.Start(row) + step) * _encoded, _encoded);

    private Span<float> StateOf(float* states, int row, int token) => new(states + (nint)(_source.Start(row) + token) * _encoded, _encoded);

    private static PackedMatrix Transposed(ReadOnlySpan<float> values, int rows, int columns)
    {
        var matrix = new PackedMatrix(columns, rows);
        matrix.PackTransposed(values);
        return matrix;
    }
}
