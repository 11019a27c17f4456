using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Scoring of the library's own ONNX files, from keys on, straight with ONNX Runtime, by its default settings.</summary>
/// <param name="network">The network.</param>
/// <param name="createInputs">Makes the file's inputs of rows, in the order of its columns.</param>
internal sealed class OnnxScoring<TRow>(TrainedNetwork network, Func<TRow[], OrtValue[]> createInputs) : IRowScorer<TRow>
{
    private static readonly string[] Outputs = ["Probability"];

    private readonly InferenceSession _session = new(Export(network));
    private readonly RunOptions _options = new();

    public string Name => "ONNX Runtime";

    public float[] Probabilities(TRow[] rows)
    {
        var inputs = createInputs(rows);
        try
        {
            using var outputs = _session.Run(_options, _session.InputNames, inputs, Outputs);
            return outputs[0].GetTensorDataAsSpan<float>().ToArray();
        }
        finally
        {
            foreach (var input in inputs) input.Dispose();
        }
    }

    public void Dispose()
    {
        _options.Dispose();
        _session.Dispose();
    }

    private static byte[] Export(TrainedNetwork network)
    {
        using var stream = new MemoryStream();
        var options = new OnnxOptions { Inputs = OnnxInputKind.Keys };
        new MLContext().Model.SaveOnnx(RandomNetwork.Transformer(network), new DataViewSchema.Builder().ToSchema(), stream, options);
        return stream.ToArray();
    }
}
