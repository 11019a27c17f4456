namespace MLNet.Embeddings;

/// <summary>
/// Encodes some sources and keeps what decoding needs of them. Belongs to one thread, with its network; allocates nothing once its memory has grown.
/// </summary>
/// <param name="network">The layers, of fixed arrays.</param>
internal sealed class SourceEncoder(EncoderDecoderNetwork network)
{
    private readonly AlignedFloats _memory = new();
    private int[] _lengths = [];

    /// <summary>The layers.</summary>
    internal EncoderDecoderNetwork Network => network;

    /// <summary>The network's form.</summary>
    internal EncoderDecoderShape Shape => network.Shape;

    /// <summary>Encodes rows, of which some may be empty.</summary>
    /// <param name="keys">The keys of all rows.</param>
    /// <param name="starts">Where in these each row's begin; behind the last row, where they end.</param>
    internal void Encode(ReadOnlySpan<int> keys, ReadOnlySpan<int> starts)
    {
        int rows = starts.Length - 1;
        if (_lengths.Length < rows) _lengths = new int[rows + rows / 4];
        for (int row = 0; row < rows; row++) _lengths[row] = starts[row + 1] - starts[row];
        network.Encode(_lengths.AsSpan(0, rows), keys[starts[0]..starts[rows]]);
        int tokens = network.Encoder.Rows.Tokens;
        network.Readout.Attention?.Project(network.Encoder.Results, tokens, _memory.Span(tokens * Shape.Units));
    }

    /// <summary>The state that a layer of the decoder starts a row with: (units).</summary>
    internal ReadOnlySpan<float> First(int layer, int row) => network.Decoder.Edge(layer, network.Encoder.Rows.Count).Slice(row * Shape.Units, Shape.Units);

    /// <summary>The state that the upper layer of the encoder ends a row with: (encoded size).</summary>
    internal ReadOnlySpan<float> Last(int row)
    {
        var encoder = network.Encoder;
        return encoder.Edge(encoder.Layers.Length - 1, encoder.Rows.Count).Slice(row * Shape.EncodedSize, Shape.EncodedSize);
    }

    /// <summary>Tokens of a row.</summary>
    internal int Length(int row) => network.Encoder.Rows.Length(row);

    /// <summary>The states of a row: (tokens, encoded size).</summary>
    internal ReadOnlySpan<float> States(int row) => Of(row, network.Encoder.Results, Shape.EncodedSize);

    /// <summary>What a state of the decoder is multiplied with for attention's scores of a row: (tokens, units).</summary>
    internal ReadOnlySpan<float> Memory(int row) => Of(row, _memory.Span(network.Encoder.Rows.Tokens * Shape.Units), Shape.Units);

    private ReadOnlySpan<float> Of(int row, ReadOnlySpan<float> values, int width) =>
        values.Slice(network.Encoder.Rows.Start(row) * width, Length(row) * width);
}
