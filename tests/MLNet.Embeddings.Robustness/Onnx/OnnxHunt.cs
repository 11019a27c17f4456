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
            if (tried is not RandomColumns) continue;
            var context = new MLContext(1);
            findings.Try($"{seed}", () => OnnxCheck.Problem(context, tried.Fit(context), tried.Training, null, 1, 64));
        }
        return findings;
    }
}
