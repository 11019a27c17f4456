using Microsoft.ML.OnnxRuntime;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Network B as a graph for ONNX Runtime.</summary>
internal static class OnnxTableNetwork
{
    /// <summary>A network with the weights of one of ours.</summary>
    internal static OnnxScoring<TableRow> Of(TrainedNetwork network)
    {
        var age = (NumberShape)network.Shape.Columns[2];
        float mean = network[age.Mean][0], deviation = network[age.Deviation][0];
        var graph = new OnnxGraph("network B");
        string gender = graph.Category(network, (CategoryShape)network.Shape.Columns[0]);
        string location = graph.Category(network, (CategoryShape)network.Shape.Columns[1]);
        return new OnnxScoring<TableRow>(graph.ToModel(network, gender, location, graph.Number(age)), rows =>
        [
            OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(rows, row => row.Gender + 1L), [rows.Length]),
            OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(rows, row => row.Location + 1L), [rows.Length]),
            OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(rows, row => (row.Age - mean) / deviation), [rows.Length, 1]),
        ]);
    }
}
