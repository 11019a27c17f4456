namespace MLNet.Embeddings;

/// <summary>One thread's way through the layers of a GRU with some of a block's rows: all states of each layer.</summary>
/// <param name="layers">The layers, each with its directions.</param>
internal sealed unsafe class GruLayerReader(GruDirection[][] layers)
{
    private readonly int _width = layers[0].Sum(direction => direction.Units);
    private readonly GruSteps _steps = new(layers[0][0].Units);
    private readonly AlignedFloats _projected = new();
    private readonly int[] _firstTokens = new int[ReadAheadCursor.MaxRows];
    private AlignedFloats _states = new(), _statesBelow = new();
    private int _tokens;

    /// <summary>Tokens of all rows of the part.</summary>
    internal int Tokens => _tokens;

    /// <summary>The states of the layer last read: (tokens, width), rows in the order of the part.</summary>
    internal float* States => _states.Start;

    /// <summary>Memory for as many numbers as the states are, until the next layer is read.</summary>
    internal float* Scratch => _statesBelow.Require(_tokens * _width);

    /// <summary>Where among the states those of a row begin.</summary>
    internal int FirstToken(int row) => _firstTokens[row];

    /// <summary>Lays out the rows of a part.</summary>
    internal void Begin(DealtRows dealt, int part)
    {
        _tokens = 0;
        foreach (int row in dealt.RowsOf(part))
        {
            _firstTokens[row] = _tokens;
            _tokens = checked(_tokens + dealt.Length(row));
        }
    }

    /// <summary>Reads a layer: the first one the rows' terms, the others the states of the one below.</summary>
    /// <param name="dealt">The rows.</param>
    /// <param name="part">The part of them.</param>
    /// <param name="layer">The layer's directions.</param>
    /// <param name="keys">The keys of all rows.</param>
    /// <param name="starts">Where in these each row's begin.</param>
    /// <param name="last">Receives the last states.</param>
    internal void ReadLayer(DealtRows dealt, int part, GruDirection[] layer, int* keys, int* starts, ColumnVectors last)
    {
        (_states, _statesBelow) = (_statesBelow, _states);
        float* states = _states.Require(_tokens * _width);
        fixed (int* firstTokens = _firstTokens)
        {
            foreach (var direction in layer)
            {
                bool readsTerms = direction.Terms is not null;
                ReadDirection(dealt, part, direction, last, new GruTokens(Project(direction), readsTerms ? keys : null, readsTerms ? starts : firstTokens, dealt, direction)
                {
                    States = states,
                    FirstTokens = firstTokens,
                    Width = _width,
                });
            }
        }
    }

    /// <summary>Reads one direction of a layer.</summary>
    internal void ReadDirection(DealtRows dealt, int part, GruDirection direction, ColumnVectors last, GruTokens tokens)
    {
        float* states = _steps.Run(dealt, part, direction.HiddenWeights, direction.HiddenBias, tokens);
        foreach (int row in dealt.RowsOf(part))
        {
            new ReadOnlySpan<float>(states, direction.Units).CopyTo(last[row][direction.Offset..]);
            states += direction.Units;
        }
    }

    /// <summary>What the direction reads gives to its gates: by terms in the first layer, else by tokens.</summary>
    private float* Project(GruDirection direction)
    {
        if (direction.Terms is { } known) return known.Start;
        int gates = 3 * direction.Units;
        float* projected = _projected.Require(_tokens * gates);
        MatrixProduct.Multiply(
            new LeftOperand(_statesBelow.Start, _width, 1), _tokens, direction.InputWeights, direction.InputBias, projected, gates, accumulate: false);
        return projected;
    }
}
