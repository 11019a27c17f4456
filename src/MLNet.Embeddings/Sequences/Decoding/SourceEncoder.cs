namespace MLNet.Embeddings;

/// <summary>Encodes some sources, none of them empty, and keeps what decoding needs of them. Belongs to one thread.</summary>
internal sealed unsafe class SourceEncoder
{
    private readonly EncoderDecoderPass _pass;
    private readonly GruLayerReader _layers;
    private readonly DealtRows _dealt = new(threads: 1);
    private readonly AlignedFloats _memory = new();
    private readonly float[][] _last, _first;

    internal SourceEncoder(EncoderDecoderPass pass)
    {
        _pass = pass;
        _layers = new GruLayerReader(pass.Encoder);
        _last = new float[pass.Encoder.Length][];
        _first = new float[pass.Encoder.Length][];
    }

    /// <summary>Encodes rows.</summary>
    /// <param name="keys">The keys of all rows.</param>
    /// <param name="starts">Where in these each row's begin; behind the last row, where they end.</param>
    internal void Encode(ReadOnlySpan<int> keys, ReadOnlySpan<int> starts)
    {
        int rows = starts.Length - 1, encoded = _pass.Shape.EncodedSize, units = _pass.Shape.Units;
        Span<int> lengths = stackalloc int[rows];
        for (int row = 0; row < rows; row++) lengths[row] = starts[row + 1] - starts[row];
        _dealt.Deal(lengths);
        _layers.Begin(_dealt, 0);
        foreach (var direction in _pass.Encoder[0]) direction.Terms!.Require(keys[starts[0]..starts[rows]], threads: 1);
        fixed (int* terms = keys, firstTerms = starts)
        {
            for (int layer = 0; layer < _last.Length; layer++)
            {
                if (_last[layer] is null || _last[layer].Length < rows * encoded) (_last[layer], _first[layer]) = (new float[rows * encoded], new float[rows * units]);
                _layers.ReadLayer(_dealt, 0, _pass.Encoder[layer], terms, firstTerms, new ColumnVectors(_last[layer], 0, encoded, encoded));
                Bridge(layer, rows);
            }
        }
        if (_pass.Attention is not { } attention) return;
        float* memory = _memory.Require(_layers.Tokens * units);
        MatrixProduct.Multiply(new LeftOperand(_layers.States, encoded, 1), _layers.Tokens, attention, [], memory, units, accumulate: false);
    }

    /// <summary>The state that a layer of the decoder starts a row with: (units).</summary>
    internal ReadOnlySpan<float> First(int layer, int row) => _first[layer].AsSpan(row * _pass.Shape.Units, _pass.Shape.Units);

    /// <summary>Tokens of a row.</summary>
    internal int Length(int row) => _dealt.Length(row);

    /// <summary>The states of a row: (tokens, encoded size).</summary>
    internal ReadOnlySpan<float> States(int row) => new(_layers.States + (nint)_layers.FirstToken(row) * _pass.Shape.EncodedSize, Length(row) * _pass.Shape.EncodedSize);

    /// <summary>What a state of the decoder is multiplied with for attention's scores of a row: (tokens, units).</summary>
    /// <remarks>Projected here, once a token, and not the decoder's state at each step: a beam takes more steps than the source has tokens.</remarks>
    internal ReadOnlySpan<float> Memory(int row) => new(_memory.Start + (nint)_layers.FirstToken(row) * _pass.Shape.Units, Length(row) * _pass.Shape.Units);

    private void Bridge(int layer, int rows)
    {
        var first = _first[layer].AsSpan(0, rows * _pass.Shape.Units);
        if (_pass.Bridges.Length == 0)
        {
            _last[layer].AsSpan(0, first.Length).CopyTo(first);
            return;
        }
        MatrixProduct.Multiply(_last[layer], rows, _pass.Bridges[layer], _pass.BridgeBiases[layer], first);
        Activation.Tanh(first);
    }
}
