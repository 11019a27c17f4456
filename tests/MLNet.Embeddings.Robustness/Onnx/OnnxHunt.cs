using Microsoft.ML;

namespace MLNet.Embeddings.Robustness;

/// <summary>Random networks as ONNX files, whose scores must be those of the networks.</summary>
internal static class OnnxHunt
{
    internal static Findings Run(Arguments arguments)
    {
        var findings = new Findings("networks");
        for (int seed = arguments.Seed; seed < arguments.Seed + arguments.Count; seed++)
        {
            var tried = RandomCase.Of(seed);
            var context = new MLContext(1);
            findings.Try($"{seed}", () => OnnxCheck.Problem(context, Greedy(tried.Fit(context)), tried.Training, null, 1, 64));
        }
        return findings;
    }

    /// <summary>The model itself; of an encoder-decoder, one that decodes as a file does.</summary>
    private static ITransformer Greedy(ITransformer model) =>
        model is SequenceToSequenceTransformer decoding ? decoding.WithDecoding(new DecodingOptions { BeamWidth = 1 }) : model;
}
