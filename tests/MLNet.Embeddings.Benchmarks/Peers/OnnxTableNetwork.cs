using Microsoft.ML.OnnxRuntime;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Network B as an ONNX file.</summary>
internal static class OnnxTableNetwork
{
    /// <summary>A network with the weights of one of ours.</summary>
    internal static OnnxScoring<TableRow> Of(TrainedNetwork network) => new(network, rows =>
    [
        OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(rows, row => row.Gender + 1L), [rows.Length, 1]),
        OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(rows, row => row.Location + 1L), [rows.Length, 1]),
        OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(rows, row => (double)row.Age), [rows.Length, 1]),
    ]);
}
