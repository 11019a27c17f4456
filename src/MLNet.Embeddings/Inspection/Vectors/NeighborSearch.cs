using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>Finds the vectors of the highest cosine: one pass over all of them, on all cores. Any number of threads may search at once.</summary>
/// <param name="vectors">(count, dimensions).</param>
/// <param name="dimensions">Length of a vector.</param>
internal sealed class NeighborSearch(ReadOnlyMemory<float> vectors, int dimensions)
{
    /// <summary>Values that are worth a thread.</summary>
    private const int ValuesPerThread = 1 << 18;

    private readonly Lazy<float[]> _inverseNorms = new(() => InverseNorms(vectors, dimensions));

    private int Count => vectors.Length / dimensions;

    private int Least => Math.Max(1, ValuesPerThread / dimensions);

    /// <summary>The cosine of two of the vectors.</summary>
    internal double Similarity(int first, int second) => Math.Clamp(
        TensorPrimitives.Dot(Of(first), Of(second)) * _inverseNorms.Value[first] * _inverseNorms.Value[second], -1, 1);

    /// <summary>The nearest vectors, the nearest first; of several as near, those that come first.</summary>
    /// <param name="vector">What they are to be near to.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="except">One to leave out; negative for none.</param>
    internal (int Index, float Similarity)[] Nearest(ReadOnlyMemory<float> vector, int count, int except)
    {
        float[] inverseNorms = _inverseNorms.Value;
        float inverse = InverseNorm(vector.Span);
        var found = new PriorityQueue<int, (float, int)>?[Environment.ProcessorCount];
        Parts.Run(found.Length, Count, Least, (part, start, end) => found[part] = Search(vector.Span, inverseNorms, count, except, start, end));
        return [.. found.OfType<PriorityQueue<int, (float, int)>>().SelectMany(part => part.UnorderedItems)
            .Select(item => (Index: item.Element, Similarity: item.Priority.Item1 * inverse))
            .OrderByDescending(item => item.Similarity).ThenBy(item => item.Index).Take(count)];
    }

    /// <summary>The best of a range; first in the queue is the one that gives way first: the least similar, the last of those.</summary>
    private PriorityQueue<int, (float, int)> Search(ReadOnlySpan<float> vector, float[] inverseNorms, int count, int except, int start, int end)
    {
        var all = vectors.Span;
        var best = new PriorityQueue<int, (float, int)>();
        float least = float.NegativeInfinity;
        for (int i = start; i < end; i++)
        {
            float similarity = TensorPrimitives.Dot(vector, all.Slice(i * dimensions, dimensions)) * inverseNorms[i];
            if (!(similarity > least) || i == except) continue;
            if (best.Count < count) best.Enqueue(i, (similarity, -i));
            else best.EnqueueDequeue(i, (similarity, -i));
            if (best.Count == count && best.TryPeek(out _, out var worst)) least = worst.Item1;
        }
        return best;
    }

    private ReadOnlySpan<float> Of(int index) => vectors.Span.Slice(index * dimensions, dimensions);

    private static float[] InverseNorms(ReadOnlyMemory<float> vectors, int dimensions)
    {
        float[] inverses = new float[vectors.Length / dimensions];
        Parts.Run(0, inverses.Length, Math.Max(1, ValuesPerThread / dimensions), (_, start, end) =>
        {
            for (int i = start; i < end; i++) inverses[i] = InverseNorm(vectors.Span.Slice(i * dimensions, dimensions));
        });
        return inverses;
    }

    /// <summary>One over the length of a vector; 0 for zeros.</summary>
    private static float InverseNorm(ReadOnlySpan<float> vector) => TensorPrimitives.Norm(vector) is > 0 and var norm ? 1 / norm : 0;
}
