using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>A category column's table in a network without torch: rows are copied into the combined vectors, gradients are added up from there.</summary>
internal sealed class ManagedTable(CategoryShape shape, SplitMix random, int threads)
    : EmbeddingTable(UniformValues.Draw((shape.KeyCount + 1) * shape.Dimensions, InitialRange, random), shape.Dimensions)
{
    /// <summary>Gradients that threads other than the first add up.</summary>
    private readonly float[][] _sums = [.. Enumerable.Range(1, threads).Select(_ => Array.Empty<float>())];

    /// <summary>Writes the vectors of some of a batch's rows.</summary>
    /// <param name="batch">The keys.</param>
    /// <param name="start">The first row.</param>
    /// <param name="end">Behind the last row.</param>
    /// <param name="target">Rows × stride; the vectors go to the beginning of each row.</param>
    /// <param name="stride">From a row to the next.</param>
    internal void Gather(CategoryBatch batch, int start, int end, Span<float> target, int stride)
    {
        for (int row = start; row < end; row++) Row(batch.Terms[batch.TermOfRow[row]]).CopyTo(target[((row - start) * stride)..]);
    }

    /// <summary>Makes ready for the gradients of a batch.</summary>
    internal void Begin(CategoryBatch batch) => Touch(batch.Terms);

    /// <summary>Takes the gradients of the vectors that <see cref="Gather"/> wrote.</summary>
    /// <param name="part">Number of the thread's part of the batch.</param>
    /// <param name="batch">The keys.</param>
    /// <param name="start">The first row.</param>
    /// <param name="end">Behind the last row.</param>
    /// <param name="gradients">Rows × stride, as <see cref="Gather"/> wrote.</param>
    /// <param name="stride">From a row to the next.</param>
    internal void Scatter(int part, CategoryBatch batch, int start, int end, ReadOnlySpan<float> gradients, int stride)
    {
        var sums = part == 0 ? Gradients : SumsOf(part);
        for (int row = start; row < end; row++)
        {
            var sum = sums.Slice(batch.TermOfRow[row] * Dimensions, Dimensions);
            TensorPrimitives.Add(sum, gradients.Slice((row - start) * stride, Dimensions), sum);
        }
    }

    /// <summary>Brings together what so many parts took.</summary>
    internal void Merge(int parts)
    {
        for (int part = 1; part < parts; part++) TensorPrimitives.Add(Gradients, _sums[part - 1].AsSpan(0, Gradients.Length), Gradients);
    }

    private Span<float> SumsOf(int part)
    {
        ref float[] sums = ref _sums[part - 1];
        if (sums.Length < Gradients.Length) sums = new float[GradientMemory.Length];
        sums.AsSpan(0, Gradients.Length).Clear();
        return sums.AsSpan(0, Gradients.Length);
    }
}
