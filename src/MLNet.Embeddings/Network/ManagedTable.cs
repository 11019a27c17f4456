using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>A category column's table in a network without torch: rows are copied into the combined vectors, gradients are added up from there.</summary>
internal sealed class ManagedTable(CategoryShape shape, Random random)
    : EmbeddingTable(UniformValues.Draw((shape.KeyCount + 1) * shape.Dimensions, InitialRange, random), shape.Dimensions)
{
    /// <summary>Writes the vectors of a batch's rows.</summary>
    /// <param name="batch">The keys.</param>
    /// <param name="target">Rows × stride; the vectors go to the beginning of each row.</param>
    /// <param name="stride">From a row to the next.</param>
    internal void Gather(CategoryBatch batch, Span<float> target, int stride)
    {
        for (int row = 0; row < batch.TermOfRow.Length; row++) Row(batch.Terms[batch.TermOfRow[row]]).CopyTo(target[(row * stride)..]);
    }

    /// <summary>Takes the gradients of the vectors that <see cref="Gather"/> wrote.</summary>
    internal void Scatter(CategoryBatch batch, ReadOnlySpan<float> gradients, int stride)
    {
        Touch(batch.Terms);
        for (int row = 0; row < batch.TermOfRow.Length; row++)
        {
            var sum = Gradients.Slice(batch.TermOfRow[row] * Dimensions, Dimensions);
            TensorPrimitives.Add(sum, gradients.Slice(row * stride, Dimensions), sum);
        }
    }
}
