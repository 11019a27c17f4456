namespace MLNet.Embeddings;

/// <summary>One thread's way through the layers of a GRU with some of a block's rows.</summary>
internal sealed unsafe class GruReader(GruPass pass)
{
    private readonly int _width = pass.Size;
    private readonly GruSteps _steps = new(pass.Layers[0][0].Units);
    private readonly AlignedFloats _projected = new();
    private readonly int[] _firstTokens = new int[ReadAheadCursor.MaxRows];
    private AlignedFloats _states = new(), _statesBelow = new();
    private float[] _scores = [];

    /// <summary>Writes the vectors of the rows of a part.</summary>
    /// <param name="dealt">The rows.</param>
    /// <param name="part">The part of them.</param>
    /// <param name="keys">The keys of all rows.</param>
    /// <param name="starts">Where in these each row's begin; behind the last row, where they end.</param>
    /// <param name="vectors">Receives the vectors.</param>
    internal void Read(DealtRows dealt, int part, ReadOnlySpan<int> keys, ReadOnlySpan<int> starts, ColumnVectors vectors)
    {
        fixed (int* terms = keys, firstTerms = starts, firstTokens = _firstTokens)
        {
            if (pass.IsPlain)
            {
                foreach (var direction in pass.Layers[0])
                    Run(dealt, part, direction, new(direction.Terms!.Start, terms, firstTerms, dealt, direction), vectors);
            }
            else
            {
                int tokens = Count(dealt, dealt.RowsOf(part));
                foreach (var layer in pass.Layers) ReadLayer(dealt, part, layer, tokens, terms, firstTerms, firstTokens, vectors);
                if (pass.Pooling is { } pooling) Pool(pooling, dealt, dealt.RowsOf(part), tokens, vectors);
            }
        }
        GC.KeepAlive(this);
    }

    private void ReadLayer(
        DealtRows dealt, int part, GruDirection[] layer, int tokens, int* terms, int* firstTerms, int* firstTokens, ColumnVectors vectors)
    {
        (_states, _statesBelow) = (_statesBelow, _states);
        float* states = _states.Require(tokens * _width);
        foreach (var direction in layer)
        {
            var read = new GruTokens(Project(direction, tokens), direction.Terms is null ? null : terms, direction.Terms is null ? firstTokens : firstTerms, dealt, direction)
            {
                States = states,
                FirstTokens = firstTokens,
                Width = _width,
            };
            Run(dealt, part, direction, read, vectors);
        }
    }

    /// <summary>What the direction reads gives to its gates: by terms in the first layer, else by tokens.</summary>
    private float* Project(GruDirection direction, int tokens)
    {
        if (direction.Terms is { } known) return known.Start;
        int gates = 3 * direction.Units;
        float* projected = _projected.Require(tokens * gates);
        MatrixProduct.Multiply(
            new LeftOperand(_statesBelow.Start, _width, 1), tokens, direction.InputWeights, direction.InputBias, projected, gates, accumulate: false);
        return projected;
    }

    private void Run(DealtRows dealt, int part, GruDirection direction, GruTokens tokens, ColumnVectors vectors)
    {
        // Those of the layers below are overwritten by the last one's.
        float* last = _steps.Run(dealt, part, direction.HiddenWeights, direction.HiddenBias, tokens);
        foreach (int row in dealt.RowsOf(part))
        {
            new ReadOnlySpan<float>(last, direction.Units).CopyTo(vectors[row][direction.Offset..]);
            last += direction.Units;
        }
    }

    private void Pool(SequencePooling pooling, DealtRows dealt, ReadOnlySpan<int> rows, int tokens, ColumnVectors vectors)
    {
        if (pass.Attention is { } attention)
        {
            if (_scores.Length < tokens) _scores = new float[tokens + tokens / 4];
            int numbers = tokens * _width;
            attention.Score(new(_states.Start, numbers), tokens, new(_statesBelow.Require(numbers), numbers), _scores);
        }
        foreach (int row in rows)
        {
            int count = dealt.Length(row);
            if (count == 0) continue;
            var states = new StateVectors(new(_states.Start + (nint)_firstTokens[row] * _width, count * _width), count);
            if (pooling == SequencePooling.Attention) VectorPooling.Attend(states, _scores.AsSpan(_firstTokens[row], count), vectors[row]);
            else VectorPooling.Pool(pooling, states, vectors[row]);
        }
    }

    /// <summary>Lays the rows' tokens out one row after the other; returns how many there are.</summary>
    private int Count(DealtRows dealt, ReadOnlySpan<int> rows)
    {
        int tokens = 0;
        foreach (int row in rows)
        {
            _firstTokens[row] = tokens;
            tokens = checked(tokens + dealt.Length(row));
        }
        return tokens;
    }
}
