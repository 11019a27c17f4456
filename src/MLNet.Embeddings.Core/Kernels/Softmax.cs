using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>Shares that add up to 1.</summary>
internal static class Softmax
{
    /// <summary>Replaces scores by shares: effectively computes e^sᵢ / Σ e^sⱼ, without large numbers in between.</summary>
    public static void Apply(Span<float> scores)
    {
        if (scores.IsEmpty) return;
        float largest = TensorPrimitives.Max<float>(scores), sum = 0;
        for (int i = 0; i < scores.Length; i++) sum += scores[i] = MathF.Exp(scores[i] - largest);
        TensorPrimitives.Divide(scores, sum, scores);
    }
}

/// <summary>The logarithm of a sum of exponentials, without large numbers in between; with it, softmax is e^(x - log sum).</summary>
internal static class LogSumExp
{
    /// <summary>Values whose exponentials are in memory together.</summary>
    private const int BlockLength = 512;

    internal static double Of(ReadOnlySpan<float> values)
    {
        float largest = TensorPrimitives.Max(values);
        Span<float> scratch = stackalloc float[Math.Min(BlockLength, values.Length)];
        double sum = 0;
        for (; !values.IsEmpty; values = values[scratch.Length..])
        {
            if (values.Length < scratch.Length) scratch = scratch[..values.Length];
            TensorPrimitives.Subtract(values[..scratch.Length], largest, scratch);
            TensorPrimitives.Exp(scratch, scratch);
            sum += TensorPrimitives.Sum<float>(scratch);
        }
        return largest + Math.Log(sum);
    }
}
