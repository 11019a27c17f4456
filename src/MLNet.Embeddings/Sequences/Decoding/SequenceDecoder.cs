namespace MLNet.Embeddings;

/// <summary>All that a fitted encoder-decoder computes of some rows. Belongs to one thread; keeps what it computed last.</summary>
internal sealed class SequenceDecoder(EncoderDecoderPass pass, DecodingSettings settings, DecodedColumns wanted)
{
    private readonly BeamSearch _search = new(pass, settings);
    private readonly SourceEncoder _source = new(pass);
    private readonly ForcedDecoder _forced = new(pass);
    private readonly double[] _targetLogProbabilities = new double[ReadAheadCursor.MaxRows];
    private readonly int[] _attentionEnds = new int[ReadAheadCursor.MaxRows + 1];
    private float[] _attention = [];

    /// <summary>What was decoded.</summary>
    internal DecodedOutputs Outputs => _search.Outputs;

    /// <summary>The logarithm of the probability of a row's target; NaN if source or target is empty.</summary>
    internal double TargetLogProbability(int row) => _targetLogProbabilities[row];

    /// <summary>What the best output of a row attended to: (tokens, source tokens).</summary>
    internal ReadOnlySpan<float> Attention(int row) => _attention.AsSpan(_attentionEnds[row].._attentionEnds[row + 1]);

    /// <summary>Computes what is wanted of some rows of a block; they are counted from 0 here.</summary>
    internal void Run(SequenceBuffer sources, SequenceBuffer targets, int first, int count)
    {
        if (Wants(DecodedColumns.Outputs | DecodedColumns.Attention)) _search.Run(sources.Keys, sources.Starts(first, count));
        if (!Wants(DecodedColumns.Attention | DecodedColumns.TargetLogProbability)) return;
        _source.Encode(sources.Keys, sources.Starts(first, count));
        for (int row = 0; row < count; row++)
        {
            if (Wants(DecodedColumns.Attention)) Attend(row);
            if (!Wants(DecodedColumns.TargetLogProbability)) continue;
            var target = targets[first + row];
            _targetLogProbabilities[row] = target.IsEmpty || _source.Length(row) == 0 ? double.NaN : _forced.Read(_source, row, target);
        }
    }

    private bool Wants(DecodedColumns any) => (wanted & any) != 0;

    private void Attend(int row)
    {
        int start = _attentionEnds[row], length = 0;
        if (Outputs.Count(row) > 0 && Outputs.Keys(row, 0).Length > 0)
        {
            length = Outputs.Keys(row, 0).Length * _source.Length(row);
            if (_attention.Length < start + length) Array.Resize(ref _attention, Math.Max(start + length, 2 * _attention.Length));
            _forced.Read(_source, row, Outputs.Keys(row, 0), _attention.AsSpan(start, length));
        }
        _attentionEnds[row + 1] = start + length;
    }
}
