using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>A category column's table in a network without torch: rows are copied into the combined vectors, gradients are added up from there.</summary>
internal sealed class ManagedTable(CategoryShape shape, SplitMix random, int threads)
    : EmbeddingTable(UniformValues.Draw((shape.KeyCount + 1) * shape.Dimensions, InitialRange, random), shape.Dimensions), IManagedColumn
{
    /// <summary>Gradients that threads other than the first add up.</summary>
    private readonly float[][] _sums = [.. Enumerable.Range(1, threads).Select(_ => Array.Empty<float>())];

    public void Begin(ColumnBatch batch) => Touch(((CategoryBatch)batch).Terms);

    public void Gather(int part, ColumnBatch batch, int start, int end, Span<float> target, int stride)
    {
        var (terms, termOfRow) = (CategoryBatch)batch;
        for (int row = start; row < end; row++) Row(terms[termOfRow[row]]).CopyTo(target[((row - start) * stride)..]);
    }

    public void Scatter(int part, ColumnBatch batch, int start, int end, ReadOnlySpan<float> gradients, int stride, float[] dense)
    {
        int[] termOfRow = ((CategoryBatch)batch).TermOfRow;
        var sums = part == 0 ? Gradients : SumsOf(part);
        for (int row = start; row < end; row++)
        {
            var sum = sums.Slice(termOfRow[row] * Dimensions, Dimensions);
            TensorPrimitives.Add(sum, gradients.Slice((row - start) * stride, Dimensions), sum);
        }
    }

    public void Merge(int parts)
    {
        for (int part = 1; part < parts; part++) TensorPrimitives.Add(Gradients, _sums[part - 1].AsSpan(0, Gradients.Length), Gradients);
    }

    public IEnumerable<(string Name, float[] Values)> Export() => [(shape.Table, [.. Values])];

    private Span<float> SumsOf(int part)
    {
        ref float[] sums = ref _sums[part - 1];
        if (sums.Length < Gradients.Length) sums = new float[GradientMemory.Length];
        sums.AsSpan(0, Gradients.Length).Clear();
        return sums.AsSpan(0, Gradients.Length);
    }
}
