using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>Looks a category up in its table. Row 0, the missing value, is trained like the others.</summary>
internal sealed class CategoryModule(CategoryShape shape, TorchTable table) : ColumnModule(shape)
{
    internal override torch.Tensor Encode(ColumnBatch batch)
    {
        int[] termOfRow = ((CategoryBatch)batch).TermOfRow;
        return table.Vectors.index_select(0, TensorMemory.Indices(termOfRow, termOfRow.Length));
    }

    internal override IEnumerable<LearnedArray> Arrays() => [];
}
