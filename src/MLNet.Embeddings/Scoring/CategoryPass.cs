using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>A category: its row of the table, row 0 if it is missing.</summary>
internal sealed class CategoryPass(CategoryShape shape, TrainedNetwork network) : ColumnPass(shape.OutputSize)
{
    private readonly TermTable _table = new(network.Weights[shape.Table].Values, shape.Dimensions);

    internal override DataViewSchema.Column Find(DataViewSchema schema)
    {
        var column = schema.Find("category", shape.Name);
        InputType.Of(column).RequireCategory(shape.Name);
        return column;
    }

    internal override VectorGetter Over(DataViewRow row, DataViewSchema.Column column)
    {
        var key = KeyReading.Scalar(row, column, shape.KeyCount);
        return vector => _table[key()].CopyTo(vector);
    }
}
