using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>Brings vectors, at least one, together into one.</summary>
internal static class VectorPooling
{
    /// <summary>The mean, the sum or the maximum.</summary>
    internal static void Pool<TVectors>(SequencePooling kind, TVectors vectors, Span<float> result) where TVectors : struct, IVectors, allows ref struct
    {
        vectors[0].CopyTo(result);
        if (kind == SequencePooling.Max)
        {
            for (int i = 1; i < vectors.Count; i++) TensorPrimitives.Max(result, vectors[i], result);
            return;
        }
        for (int i = 1; i < vectors.Count; i++) TensorPrimitives.Add(result, vectors[i], result);
        if (kind == SequencePooling.Mean) TensorPrimitives.Divide(result, vectors.Count, result);
    }

    /// <summary>The mean, weighted by the softmax of scores.</summary>
    /// <param name="vectors">The vectors.</param>
    /// <param name="scores">A score for each; overwritten.</param>
    /// <param name="result">Overwritten.</param>
    internal static void Attend<TVectors>(TVectors vectors, Span<float> scores, Span<float> result) where TVectors : struct, IVectors, allows ref struct
    {
        Softmax.Apply(scores);
        result.Clear();
        for (int i = 0; i < vectors.Count; i++) TensorPrimitives.MultiplyAdd(vectors[i], scores[i], result, result);
    }
}
