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
