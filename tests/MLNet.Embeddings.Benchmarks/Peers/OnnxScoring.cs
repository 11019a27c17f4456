using Microsoft.ML.OnnxRuntime;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Scoring as one writes it straight with ONNX Runtime, with its default settings.</summary>
/// <param name="model">The model, whose one result are the probabilities.</param>
/// <param name="createInputs">Makes the model's inputs of rows, in the model's order.</param>
internal sealed class OnnxScoring<TRow>(byte[] model, Func<TRow[], OrtValue[]> createInputs) : IRowScorer<TRow>
{
    private readonly InferenceSession _session = new(model);
    private readonly RunOptions _options = new();

    public string Name => "ONNX Runtime";

    public float[] Probabilities(TRow[] rows)
    {
        var inputs = createInputs(rows);
        try
        {
            using var outputs = _session.Run(_options, _session.InputNames, inputs, _session.OutputNames);
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
}
