using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>A category column of a network without torch: copies of rows of its table.</summary>
internal sealed class ManagedCategory(ManagedTable table) : IManagedColumn
{
    public void Gather(int part, ColumnBatch batch, int start, int end, Span<float> target, int stride)
    {
        var (terms, termOfRow) = (CategoryBatch)batch;
        for (int row = start; row < end; row++) table.VectorOf(terms[termOfRow[row]]).CopyTo(target[((row - start) * stride)..]);
    }

    public void Scatter(int part, ColumnBatch batch, int start, int end, ReadOnlySpan<float> gradients, int stride, float[] dense)
    {
        if (!table.IsTrained) return;
        int[] termOfRow = ((CategoryBatch)batch).TermOfRow;
        var sums = table.SumsOf(part);
        for (int row = start; row < end; row++)
        {
            var sum = sums.Slice(termOfRow[row] * table.Dimensions, table.Dimensions);
            TensorPrimitives.Add(sum, gradients.Slice((row - start) * stride, table.Dimensions), sum);
        }
    }

    public IEnumerable<LearnedArray> Arrays() => [];
}
