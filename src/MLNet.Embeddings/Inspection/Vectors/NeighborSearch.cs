using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>Finds the vectors of the highest cosine: one pass over all of them, on all cores. Any number of threads may search at once.</summary>
/// <param name="vectors">(count, dimensions).</param>
/// <param name="dimensions">Length of a vector.</param>
internal sealed class NeighborSearch(ReadOnlyMemory<float> vectors, int dimensions)
{
    /// <summary>Values that are worth a thread.</summary>
    private const int ValuesPerThread = 1 << 18;

    // The sums of squares of vectors between these lengths are far from what Single can hold, as are those of products.
    private const float Shortest = 1e-12f, Longest = 1e12f;

    private readonly Lazy<(ReadOnlyMemory<float> Vectors, float[] InverseNorms)> _rows = new(() => Measured(vectors, dimensions));

    private int Count => vectors.Length / dimensions;

    private int Least => Math.Max(1, ValuesPerThread / dimensions);

    /// <summary>The cosine of two of the vectors.</summary>
    internal double Similarity(int first, int second)
    {
        var (rows, inverseNorms) = _rows.Value;
        return Math.Clamp(TensorPrimitives.Dot(Of(rows, first), Of(rows, second)) * inverseNorms[first] * inverseNorms[second], -1, 1);
    }

    /// <summary>The nearest vectors, the nearest first; of several as near, those that come first.</summary>
    /// <param name="vector">What they are to be near to.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="except">One to leave out; negative for none.</param>
    internal (int Index, float Similarity)[] Nearest(ReadOnlyMemory<float> vector, int count, int except)
    {
        var rows = _rows.Value;
        var (wanted, inverse) = Measured(vector, dimensions);
        var found = new PriorityQueue<int, (float, int)>?[Environment.ProcessorCount];
        Parts.Run(found.Length, Count, Least, (part, start, end) => found[part] = Search(rows, wanted.Span, count, except, start, end));
        return [.. found.OfType<PriorityQueue<int, (float, int)>>().SelectMany(part => part.UnorderedItems)
            .Select(item => (Index: item.Element, Similarity: item.Priority.Item1 * inverse[0]))
            .OrderByDescending(item => item.Similarity).ThenBy(item => item.Index).Take(count)];
    }

    /// <summary>The best of a range; first in the queue is the one that gives way first: the least similar, the last of those.</summary>
    private PriorityQueue<int, (float, int)> Search(
        (ReadOnlyMemory<float> Vectors, float[] InverseNorms) rows, ReadOnlySpan<float> vector, int count, int except, int start, int end)
    {
        var best = new PriorityQueue<int, (float, int)>();
        float least = float.NegativeInfinity;
        for (int i = start; i < end; i++)
        {
            float similarity = TensorPrimitives.Dot(vector, Of(rows.Vectors, i)) * rows.InverseNorms[i];
            if (!(similarity > least) || i == except) continue;
            if (best.Count < count) best.Enqueue(i, (similarity, -i));
            else best.EnqueueDequeue(i, (similarity, -i));
            if (best.Count == count && best.TryPeek(out _, out var worst)) least = worst.Item1;
        }
        return best;
    }

    private ReadOnlySpan<float> Of(ReadOnlyMemory<float> rows, int index) => rows.Span.Slice(index * dimensions, dimensions);

    /// <summary>Vectors and one over their lengths, 0 for zeros; in a copy, with other lengths, where some are too long or too short to multiply.</summary>
    private static (ReadOnlyMemory<float> Vectors, float[] InverseNorms) Measured(ReadOnlyMemory<float> vectors, int dimensions)
    {
        float[] norms = new float[vectors.Length / dimensions];
        Parts.Run(0, norms.Length, Math.Max(1, ValuesPerThread / dimensions), (_, start, end) =>
        {
            for (int i = start; i < end; i++) norms[i] = TensorPrimitives.Norm(vectors.Span.Slice(i * dimensions, dimensions));
        });
        float[]? scaled = null;
        for (int i = 0; i < norms.Length; i++)
        {
            if (norms[i] is >= Shortest and <= Longest) continue;
            float largest = Math.Abs(TensorPrimitives.MaxMagnitude(vectors.Span.Slice(i * dimensions, dimensions)));
            if (largest == 0) continue;
            var vector = (scaled ??= vectors.ToArray()).AsSpan(i * dimensions, dimensions);
            TensorPrimitives.Divide(vector, largest, vector);
            norms[i] = TensorPrimitives.Norm<float>(vector);
        }
        return (scaled ?? vectors, Array.ConvertAll(norms, norm => norm > 0 ? 1 / norm : 0));
    }
}
