using System.Diagnostics;

namespace MLNet.Embeddings;

/// <summary>Looks a sequence's terms up in its table and encodes them into one vector; an empty sequence gives zeros. Dropout follows.</summary>
internal sealed class SequenceLayer : ColumnLayer
{
    private readonly EmbeddingTable _table;
    private readonly SequenceEncoderLayer _encoder;
    private readonly DropoutPlace _dropout;
    private readonly RaggedRows _rows = new();
    private float[] _vectors = [], _gradients = [];

    internal SequenceLayer(SequenceShape shape, LayerContext context) : base(shape.OutputSize)
    {
        _table = context.TableOf(shape);
        _encoder = SequenceEncoderLayer.Of(shape, context);
        _dropout = context.Dropout.Next();
    }

    internal override void Pack(bool backward) => _encoder.Pack(backward);

    internal override void Forward(ColumnBatch batch, Pass pass)
    {
        var sequences = (SequenceBatch)batch;
        int count = sequences.RowCount * Size;
        if (_vectors.Length < count) _vectors = new float[count + count / 4];
        if (pass.IsTraining && _gradients.Length < count) _gradients = new float[_vectors.Length];
        var vectors = _vectors.AsSpan(0, count);
        if (sequences.TokenCount == 0)
        {
            vectors.Clear();
            return;
        }
        var termOfToken = sequences.TermOfToken.AsSpan(0, sequences.TokenCount);
        _rows.Set(sequences.Lengths.AsSpan(0, sequences.RowCount), termOfToken, _table.VectorCount);
        if (sequences.IsByKey) _encoder.ForwardByKey(_rows, termOfToken, vectors);
        else _encoder.Forward(_rows, _table.Vectors(), vectors, pass);
        _dropout.Apply(vectors, 0, pass);
    }

    internal override void Write(ColumnBatch batch, int part, int start, int end, Span<float> target, int stride)
    {
        for (int row = start; row < end; row++) _vectors.AsSpan(row * Size, Size).CopyTo(target[((row - start) * stride)..]);
    }

    internal override void Take(ColumnBatch batch, int part, int start, int end, ReadOnlySpan<float> gradients, int stride, float[] sums)
    {
        for (int row = start; row < end; row++) gradients.Slice((row - start) * stride, Size).CopyTo(_gradients.AsSpan(row * Size));
    }

    internal override void Backward(ColumnBatch batch, Pass pass, float[] sums)
    {
        var sequences = (SequenceBatch)batch;
        if (sequences.TokenCount == 0) return;
        var gradients = _gradients.AsSpan(0, sequences.RowCount * Size);
        _dropout.Apply(gradients, 0, pass);
        _encoder.Backward(_rows, gradients, _table.Vectors(), _table.Gradients, pass, sums);
    }
}

/// <summary>Encodes rows of tokens, of which at least one is not empty, into one vector each.</summary>
internal abstract class SequenceEncoderLayer
{
    /// <summary>The layer of a column's encoder.</summary>
    internal static SequenceEncoderLayer Of(SequenceShape shape, LayerContext context) => shape.Encoder switch
    {
        PoolingEncoder { Pooling: var pooling } => new PoolingEncoderLayer(PoolingLayer.Of(context, pooling, shape, context.TableOf(shape))),
        ConvolutionEncoder => new ConvolutionLayer(shape, context),
        RecurrentEncoder => new RecurrentEncoderLayer(shape, context),
        _ => throw new UnreachableException($"{shape.Encoder}"),
    };

    /// <summary>Lays the weights out as they are now.</summary>
    internal virtual void Pack(bool backward) { }

    /// <param name="rows">The rows.</param>
    /// <param name="terms">Vectors of the terms that their tokens are of: (terms, dimensions).</param>
    /// <param name="vectors">Receives (rows, size).</param>
    /// <param name="pass">The pass.</param>
    internal abstract void Forward(RaggedRows rows, ReadOnlySpan<float> terms, Span<float> vectors, Pass pass);

    /// <summary>The same in scoring, where a term's number is its key and what follows from a key alone is kept.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="keys">The keys of all tokens.</param>
    /// <param name="vectors">Receives (rows, size).</param>
    internal abstract void ForwardByKey(RaggedRows rows, ReadOnlySpan<int> keys, Span<float> vectors);

    /// <inheritdoc cref="PoolingLayer.Attention"/>
    internal virtual ReadOnlySpan<float> Attention => [];

    /// <param name="rows">As given to <see cref="Forward"/>.</param>
    /// <param name="gradients">Those of the vectors.</param>
    /// <param name="terms">As given to <see cref="Forward"/>.</param>
    /// <param name="termGradients">Added to, (terms, dimensions); empty if they are not wanted.</param>
    /// <param name="pass">The pass.</param>
    /// <param name="sums">What gradients of dense parameters are added to.</param>
    internal abstract void Backward(
        RaggedRows rows, ReadOnlySpan<float> gradients, ReadOnlySpan<float> terms, Span<float> termGradients, Pass pass, float[] sums);
}

/// <summary>Pools the terms themselves.</summary>
internal sealed class PoolingEncoderLayer(PoolingLayer pooling) : SequenceEncoderLayer
{
    internal override ReadOnlySpan<float> Attention => pooling.Attention;

    internal override void Pack(bool backward) => pooling.Pack(backward);

    internal override void Forward(RaggedRows rows, ReadOnlySpan<float> terms, Span<float> vectors, Pass pass) => pooling.Forward(rows, terms, vectors);

    internal override void ForwardByKey(RaggedRows rows, ReadOnlySpan<int> keys, Span<float> vectors) => pooling.ForwardByKey(rows, keys, vectors);

    internal override void Backward(
        RaggedRows rows, ReadOnlySpan<float> gradients, ReadOnlySpan<float> terms, Span<float> termGradients, Pass pass, float[] sums) =>
        pooling.Backward(rows, gradients, terms, termGradients, sums);
}

/// <summary>Layers of a recurrent network; the vector is the last layer's last state, or its states pooled.</summary>
internal sealed class RecurrentEncoderLayer : SequenceEncoderLayer
{
    private readonly RecurrentLayer[] _layers;
    private readonly DropoutPlace[] _dropouts;
    private readonly PoolingLayer? _pooling;
    private readonly RaggedRows _tokens = new();

    /// <summary>For each layer but the last its states, dropped; of the last, those that are pooled; and their gradients.</summary>
    private readonly AlignedFloats[] _states;
    private readonly AlignedFloats _gradients = new(), _gradientsBelow = new();

    internal RecurrentEncoderLayer(SequenceShape shape, LayerContext context)
    {
        RecurrentShape[][] layers = [.. shape.RecurrentLayers];
        _layers = [.. layers.Select((layer, i) =>
            new RecurrentLayer(context, layer, everyState: i < layers.Length - 1 || shape.Readout is not null, i == 0 ? context.TableOf(shape) : null))];
        _dropouts = [.. layers[1..].Select(_ => context.Dropout.Next(shape.StateDropout))];
        _states = [.. layers.Select(_ => new AlignedFloats())];
        if (shape.Readout is { } pooling) _pooling = PoolingLayer.Of(context, pooling, shape, table: null);
    }

    internal override ReadOnlySpan<float> Attention => _pooling is null ? [] : _pooling.Attention;

    internal override void Pack(bool backward)
    {
        foreach (var layer in _layers) layer.Pack(backward);
        _pooling?.Pack(backward);
    }

    internal override void Forward(RaggedRows rows, ReadOnlySpan<float> terms, Span<float> vectors, Pass pass)
    {
        _layers[0].Forward(rows, terms, ResultOf(0, rows, vectors), pass.IsTraining);
        ForwardUpper(rows, vectors, pass);
    }

    internal override void ForwardByKey(RaggedRows rows, ReadOnlySpan<int> keys, Span<float> vectors)
    {
        _layers[0].ForwardByKey(rows, keys, ResultOf(0, rows, vectors));
        ForwardUpper(rows, vectors, Pass.Scoring);
    }

    internal override void Backward(
        RaggedRows rows, ReadOnlySpan<float> gradients, ReadOnlySpan<float> terms, Span<float> termGradients, Pass pass, float[] sums)
    {
        var (current, below) = (_gradients, _gradientsBelow);
        if (_pooling is not null)
        {
            var stateGradients = Cleared(current, rows.Tokens * _layers[^1].Width);
            _pooling.Backward(_tokens, gradients, _states[^1].Span(stateGradients.Length), stateGradients, sums);
            gradients = stateGradients;
        }
        for (int i = _layers.Length - 1; i > 0; i--)
        {
            int length = rows.Tokens * _layers[i - 1].Width;
            var belowGradients = Cleared(below, length);
            _layers[i].Backward(gradients, _states[i - 1].Span(length), belowGradients, sums);
            _dropouts[i - 1].Apply(belowGradients, 0, pass);
            gradients = belowGradients;
            (current, below) = (below, current);
        }
        _layers[0].Backward(gradients, terms, termGradients, sums);
    }

    private void ForwardUpper(RaggedRows rows, Span<float> vectors, Pass pass)
    {
        if (_layers.Length == 1 && _pooling is null) return;
        _tokens.Set(rows.Lengths);
        for (int i = 1; i < _layers.Length; i++)
        {
            var states = _states[i - 1].Span(rows.Tokens * _layers[i - 1].Width);
            _dropouts[i - 1].Apply(states, 0, pass);
            _layers[i].Forward(_tokens, states, ResultOf(i, rows, vectors), pass.IsTraining);
        }
        _pooling?.Forward(_tokens, _states[^1].Span(rows.Tokens * _layers[^1].Width), vectors);
    }

    /// <summary>Where a layer's states go: all of them, or the last ones, which are the vectors.</summary>
    private Span<float> ResultOf(int layer, RaggedRows rows, Span<float> vectors) =>
        layer == _layers.Length - 1 && _pooling is null ? vectors : _states[layer].Span(rows.Tokens * _layers[layer].Width);

    private static Span<float> Cleared(AlignedFloats memory, int length)
    {
        var span = memory.Span(length);
        span.Clear();
        return span;
    }
}
