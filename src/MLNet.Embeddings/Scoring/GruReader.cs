namespace MLNet.Embeddings;

/// <summary>One thread's way through the layers of a GRU with some of a block's rows, to one vector of each.</summary>
internal sealed unsafe class GruReader(GruPass pass)
{
    private readonly int _width = pass.Size;
    private readonly GruLayerReader _layers = new(pass.Layers);
    private float[] _scores = [];

    /// <summary>Writes the vectors of the rows of a part.</summary>
    /// <param name="dealt">The rows.</param>
    /// <param name="part">The part of them.</param>
    /// <param name="keys">The keys of all rows.</param>
    /// <param name="starts">Where in these each row's begin; behind the last row, where they end.</param>
    /// <param name="vectors">Receives the vectors.</param>
    internal void Read(DealtRows dealt, int part, ReadOnlySpan<int> keys, ReadOnlySpan<int> starts, ColumnVectors vectors)
    {
        fixed (int* terms = keys, firstTerms = starts)
        {
            if (pass.IsPlain)
            {
                foreach (var direction in pass.Layers[0])
                    _layers.ReadDirection(dealt, part, direction, vectors, new(direction.Terms!.Start, terms, firstTerms, dealt, direction));
            }
            else
            {
                _layers.Begin(dealt, part);
                // The last states of the layers below are overwritten by the last one's.
                foreach (var layer in pass.Layers) _layers.ReadLayer(dealt, part, layer, terms, firstTerms, vectors);
                if (pass.Pooling is { } pooling) Pool(pooling, dealt, dealt.RowsOf(part), vectors);
            }
        }
        GC.KeepAlive(this);
    }

    private void Pool(SequencePooling pooling, DealtRows dealt, ReadOnlySpan<int> rows, ColumnVectors vectors)
    {
        int tokens = _layers.Tokens;
        if (pass.Attention is { } attention)
        {
            if (_scores.Length < tokens) _scores = new float[tokens + tokens / 4];
            int numbers = tokens * _width;
            attention.Score(new(_layers.States, numbers), tokens, new(_layers.Scratch, numbers), _scores);
        }
        foreach (int row in rows)
        {
            int count = dealt.Length(row), first = _layers.FirstToken(row);
            if (count == 0) continue;
            var states = new StateVectors(new(_layers.States + (nint)first * _width, count * _width), count);
            if (pooling == SequencePooling.Attention) VectorPooling.Attend(states, _scores.AsSpan(first, count), vectors[row]);
            else VectorPooling.Pool(pooling, states, vectors[row]);
        }
    }
}
