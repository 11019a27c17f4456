using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>Looks a category up in its table. Row 0, the missing value, is trained like the others.</summary>
internal sealed class CategoryModule(CategoryShape shape, LearningSettings settings) : ColumnModule(shape)
{
    internal override TorchTable Table { get; } = new(shape.KeyCount + 1, shape.Dimensions, padded: false, settings.Threads);

    internal override torch.Tensor Encode(ColumnBatch batch)
    {
        var (terms, termOfRow) = (CategoryBatch)batch;
        return Table.LookUp(terms).index_select(0, TensorMemory.Indices(termOfRow, termOfRow.Length));
    }

    internal override IEnumerable<(string Name, float[] Values)> Export() => [(shape.Table, [.. Table.Values])];
}
