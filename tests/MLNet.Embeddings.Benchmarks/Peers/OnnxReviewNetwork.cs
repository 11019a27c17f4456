using Microsoft.ML.OnnxRuntime;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Network A as an ONNX file.</summary>
internal static class OnnxReviewNetwork
{
    /// <summary>A network with the weights of one of ours.</summary>
    internal static OnnxScoring<ReviewKeys> Of(TrainedNetwork network) =>
        new(network, rows => [Keys(Array.ConvertAll(rows, row => row.Title)), Keys(Array.ConvertAll(rows, row => row.Body))]);

    /// <summary>Keys of texts, filled up to the longest.</summary>
    private static OrtValue Keys(uint[][] texts)
    {
        int longest = Math.Max(1, texts.Max(text => text.Length));
        long[] keys = new long[texts.Length * longest];
        for (int row = 0; row < texts.Length; row++)
        {
            for (int i = 0; i < texts[row].Length; i++) keys[row * longest + i] = texts[row][i];
        }
        return OrtValue.CreateTensorValueFromMemory(keys, [texts.Length, longest]);
    }
}
