namespace MLNet.Embeddings;

/// <summary>All that a fitted encoder-decoder computes of some rows. Belongs to one thread; keeps what it computed last.</summary>
internal sealed class SequenceDecoder
{
    private readonly SourceEncoder _source;
    private readonly BeamSearch _search;
    private readonly ForcedDecoder _forced;
    private double[] _targetLogProbabilities = [];
    private int[] _attentionEnds = [0];
    private float[] _attention = [];

    /// <param name="network">The network, of fixed arrays, with one thread; it becomes its own.</param>
    /// <param name="settings">How outputs are searched for.</param>
    internal SequenceDecoder(EncoderDecoderNetwork network, DecodingSettings settings)
    {
        _source = new SourceEncoder(network);
        (_search, _forced) = (new(_source, settings), new(_source));
    }

    /// <summary>What was decoded.</summary>
    internal DecodedOutputs Outputs => _search.Outputs;

    /// <summary>The logarithm of the probability of a row's target; NaN if source or target is empty.</summary>
    internal double TargetLogProbability(int row) => _targetLogProbabilities[row];

    /// <summary>What the best output of a row attended to: (tokens, source tokens).</summary>
    internal ReadOnlySpan<float> Attention(int row) => _attention.AsSpan(_attentionEnds[row].._attentionEnds[row + 1]);

    /// <summary>The encoder's last state of a row: that of its upper layer, both directions one after the other; zeros for an empty source.</summary>
    internal ReadOnlySpan<float> State(int row) => _source.Last(row);

    /// <summary>Computes what is wanted of some rows of a block; they are counted from 0 here.</summary>
    /// <param name="sources">The sources of the block's rows.</param>
    /// <param name="targets">Their targets; may be empty where these are not wanted.</param>
    /// <param name="first">The first of the rows.</param>
    /// <param name="count">How many they are.</param>
    /// <param name="wanted">What to compute. Attention is that of the outputs, which are wanted with it or were computed of the same rows before.</param>
    internal void Run(SequenceBuffer sources, SequenceBuffer targets, int first, int count, DecodedColumns wanted)
    {
        if (wanted.HasFlag(DecodedColumns.Outputs)) _search.Run(sources.Keys, sources.Starts(first, count));
        bool attends = wanted.HasFlag(DecodedColumns.Attention), measures = wanted.HasFlag(DecodedColumns.TargetLogProbability);
        if (!attends && !measures && !wanted.HasFlag(DecodedColumns.State)) return;
        if (_targetLogProbabilities.Length < count) (_targetLogProbabilities, _attentionEnds) = (new double[count], new int[count + 1]);
        _source.Encode(sources.Keys, sources.Starts(first, count));
        for (int row = 0; row < count; row++)
        {
            if (attends) Attend(row);
            if (!measures) continue;
            var target = targets[first + row];
            _targetLogProbabilities[row] = target.IsEmpty || _source.Length(row) == 0 ? double.NaN : _forced.Read(row, target);
        }
    }

    private void Attend(int row)
    {
        int start = _attentionEnds[row], length = 0;
        if (Outputs.Count(row) > 0 && Outputs.Keys(row, 0).Length > 0)
        {
            length = Outputs.Keys(row, 0).Length * _source.Length(row);
            if (_attention.Length < start + length) Array.Resize(ref _attention, Math.Max(start + length, 2 * _attention.Length));
            _forced.Read(row, Outputs.Keys(row, 0), _attention.AsSpan(start, length));
        }
        _attentionEnds[row + 1] = start + length;
    }
}

/// <summary>Which columns of a fitted encoder-decoder are asked for, so that no more is computed.</summary>
[Flags]
internal enum DecodedColumns
{
    None = 0,

    /// <summary>What is decoded of the source.</summary>
    Outputs = 1,

    /// <summary>What the best output attended to; of no use without the outputs.</summary>
    Attention = 2,

    /// <summary>The keys of the given target.</summary>
    TargetTokens = 4,

    /// <summary>How probable the given target is.</summary>
    TargetLogProbability = 8,

    /// <summary>The encoder's last state.</summary>
    State = 16,
}

/// <summary>Keys of the rows of a block, one row after the other.</summary>
internal sealed class SequenceBuffer
{
    private int[] _keys = [], _starts = [0];

    /// <summary>The keys of all rows, and room for more.</summary>
    internal ReadOnlySpan<int> Keys => _keys;

    /// <summary>Where some rows' keys begin; behind the last one, where they end.</summary>
    internal ReadOnlySpan<int> Starts(int first, int count) => _starts.AsSpan(first, count + 1);

    /// <summary>The keys of a row.</summary>
    internal ReadOnlySpan<int> this[int row] => _keys.AsSpan(_starts[row].._starts[row + 1]);

    /// <summary>Takes a row's keys; those of later rows are forgotten.</summary>
    internal void Set(int row, ReadOnlySpan<int> keys)
    {
        if (_starts.Length <= row + 1) Array.Resize(ref _starts, Math.Max(row + 2, 2 * _starts.Length));
        int end = checked(_starts[row] + keys.Length);
        if (_keys.Length < end) Array.Resize(ref _keys, Math.Max(end, (int)Math.Min(2L * _keys.Length, Array.MaxLength)));
        keys.CopyTo(_keys.AsSpan(_starts[row]));
        _starts[row + 1] = end;
    }
}
