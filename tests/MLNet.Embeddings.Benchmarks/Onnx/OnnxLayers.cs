namespace MLNet.Embeddings.Benchmarks;

/// <summary>The parts of our networks as ONNX's operators.</summary>
internal static class OnnxLayers
{
    private const string Rows = "rows";

    /// <summary>The vector of a key per row, rows × dimensions.</summary>
    internal static string Category(this OnnxGraph graph, TrainedNetwork network, CategoryShape shape) =>
        graph.Apply("Gather", [graph.Array(network, shape.Table), graph.Input(shape.Name, OnnxType.Int64, Rows)]);

    /// <summary>Numbers, one a row, rows × 1.</summary>
    internal static string Number(this OnnxGraph graph, NumberShape shape) => graph.Input(shape.Name, OnnxType.Single, Rows, "one");

    /// <summary>The state of a GRU after each row's last term, rows × units; reads keys, length × rows, and the rows' lengths.</summary>
    internal static string Sequence(this OnnxGraph graph, TrainedNetwork network, SequenceShape shape)
    {
        int units = shape.OutputSize;
        string keys = graph.Input(shape.Name, OnnxType.Int64, $"{shape.Name} length", Rows);
        string lengths = graph.Input($"{shape.Name} lengths", OnnxType.Int32, Rows);
        string terms = graph.Apply("Gather", [graph.Array(network, shape.Table), keys]); // length × rows × dimensions
        var gru = shape.RecurrentLayers.Single().Single();
        string input = graph.Array(gru.InputWeights, [1, 3 * units, shape.Dimensions], UpdateFirst(network[gru.InputWeights]));
        string hidden = graph.Array(gru.HiddenWeights, [1, 3 * units, units], UpdateFirst(network[gru.HiddenWeights]));
        float[] biases = [.. UpdateFirst(network[gru.InputBias]), .. UpdateFirst(network[gru.HiddenBias])];
        string bias = graph.Array(shape.WeightName("gru.biases"), [1, 6 * units], biases);
        string state = graph.Apply( // 1 × rows × units
            "GRU", [terms, input, hidden, bias, lengths], resultsBefore: 1, ("hidden_size", units), ("linear_before_reset", 1));
        return graph.Apply("Squeeze", [state, graph.Array($"{shape.Name} first axis", 0)]);
    }

    /// <summary>What columns give, one after the other, through dense layers, and the sigmoid of that: the model.</summary>
    internal static byte[] ToModel(this OnnxGraph graph, TrainedNetwork network, params string[] columns)
    {
        string values = graph.Apply("Concat", columns, ("axis", 1));
        for (int i = 0; i < network.Shape.Head.LayerCount; i++)
        {
            if (i > 0) values = graph.Apply("Relu", [values]);
            string weights = graph.Array(network, HeadShape.LayerWeights(i)), bias = graph.Array(network, HeadShape.LayerBias(i));
            values = graph.Apply("Gemm", [values, weights, bias], ("transB", 1));
        }
        return graph.ToModel(graph.Apply("Sigmoid", [values]), Rows, "one");
    }

    /// <summary>Weights of the gates in ONNX's order: update, reset, candidate; ours is torch's: reset, update, candidate.</summary>
    private static float[] UpdateFirst(ReadOnlySpan<float> gates)
    {
        int size = gates.Length / 3;
        return [.. gates[size..(2 * size)], .. gates[..size], .. gates[(2 * size)..]];
    }
}
