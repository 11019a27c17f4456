using Microsoft.ML.OnnxRuntime;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Network A as a graph for ONNX Runtime.</summary>
internal static class OnnxReviewNetwork
{
    /// <summary>A network with the weights of one of ours.</summary>
    internal static OnnxScoring<ReviewKeys> Of(TrainedNetwork network)
    {
        var graph = new OnnxGraph("network A");
        string title = graph.Sequence(network, (SequenceShape)network.Shape.Columns[0]);
        string body = graph.Sequence(network, (SequenceShape)network.Shape.Columns[1]);
        return new OnnxScoring<ReviewKeys>(graph.ToModel(network, title, body), rows =>
        [
            .. Inputs(Array.ConvertAll(rows, row => row.Title)),
            .. Inputs(Array.ConvertAll(rows, row => row.Body)),
        ]);
    }

    /// <summary>Keys, padded to the longest text, and the lengths.</summary>
    private static OrtValue[] Inputs(uint[][] texts)
    {
        int longest = Math.Max(1, texts.Max(text => text.Length));
        long[] keys = new long[longest * texts.Length]; // length × rows
        for (int row = 0; row < texts.Length; row++)
        {
            for (int i = 0; i < texts[row].Length; i++) keys[i * texts.Length + row] = texts[row][i];
        }
        return
        [
            OrtValue.CreateTensorValueFromMemory(keys, [longest, texts.Length]),
            OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(texts, text => text.Length), [texts.Length]),
        ];
    }
}
