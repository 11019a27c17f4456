namespace MLNet.Embeddings;

/// <summary>A fitted encoder-decoder made ready to decode. Made once for a transformer; any number of threads may use it at once.</summary>
internal sealed class EncoderDecoderPass
{
    internal EncoderDecoderPass(TrainedEncoderDecoder network)
    {
        Network = network;
        var shape = network.Shape;
        Encoder = Layers(shape.Source);
        Decoder = [.. Layers(shape.Target).Select(layer => layer[0])];
        if (shape.HasBridge) Bridges = [.. Enumerable.Range(0, Decoder.Length).Select(layer => Matrix(EncoderDecoderShape.BridgeWeights(layer)))];
        BridgeBiases = [.. Bridges.Select((_, layer) => network.Weights[EncoderDecoderShape.BridgeBias(layer)].Values)];
        if (shape.Attends) Attention = MatrixTransposed(EncoderDecoderShape.AttentionWeights);
        if (shape.HasReadout) Readout = Matrix(EncoderDecoderShape.ReadoutWeights);
        Output = Matrix(shape.OutputLayer);
        OutputBias = network.Weights[EncoderDecoderShape.OutputBias].Values;

        GruDirection[][] Layers(SequenceShape column) => [.. column.GruLayers.Select(layer => layer.Select((gru, i) => new GruDirection(gru, i * gru.Units, network)).ToArray())];
    }

    internal TrainedEncoderDecoder Network { get; }

    internal EncoderDecoderShape Shape => Network.Shape;

    /// <summary>The encoder's layers, each with its directions.</summary>
    internal GruDirection[][] Encoder { get; }

    /// <summary>The decoder's layers.</summary>
    internal GruDirection[] Decoder { get; }

    /// <summary>From the last states of the encoder's layers to the first of the decoder's (units, encoded size); empty where they are the same.</summary>
    internal PackedMatrix[] Bridges { get; } = [];

    /// <summary>The biases that go with <see cref="Bridges"/>.</summary>
    internal float[][] BridgeBiases { get; }

    /// <summary>From the encoder's states to vectors whose products with the decoder's are the scores of attention (units, encoded size); null without attention.</summary>
    internal PackedMatrix? Attention { get; }

    /// <summary>From context and state to what the output layer reads; null if that is the state.</summary>
    internal PackedMatrix? Readout { get; }

    /// <summary>The output layer (classes, readout size).</summary>
    internal PackedMatrix Output { get; }

    /// <summary>Its bias.</summary>
    internal float[] OutputBias { get; }

    private PackedMatrix Matrix(string name)
    {
        var array = Network.Weights[name];
        return PackedMatrix.Of(array.Values, array.Extents[0], array.Extents[1]);
    }

    private PackedMatrix MatrixTransposed(string name)
    {
        var array = Network.Weights[name];
        int rows = array.Extents[0], columns = array.Extents[1];
        float[] transposed = new float[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++) transposed[column * rows + row] = array.Values[row * columns + column];
        }
        return PackedMatrix.Of(transposed, columns, rows);
    }
}
