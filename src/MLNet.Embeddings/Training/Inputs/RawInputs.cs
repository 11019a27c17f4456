using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Checks raw columns against the promise of a schema.</summary>
internal static class RawInputs
{
    /// <summary>Checks that a column can be read, raw or as keys.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of a type that cannot be used.</exception>
    internal static void Require(InputColumn column, SchemaShape schema)
    {
        switch (column)
        {
            case TextColumn:
                InputType.Of(schema.Find("text", column.Name)).RequireText(column.Name);
                break;
            case DateColumn:
                var date = schema.Find("date", column.Name);
                DateReading.Require(column.Name, date.ItemType, date.Describe());
                break;
            case CategoryColumn or BagColumn when !schema.Find(column is BagColumn ? "bag" : "category", column.Name).IsKey:
                var raw = schema.Find("category", column.Name);
                CategoryReader.Require(raw);
                RequireKind(column, raw);
                break;
            default:
                column.Require((role, name) => InputType.Of(schema.Find(role, name)));
                break;
        }
    }

    private static void RequireKind(InputColumn column, SchemaShape.Column raw)
    {
        bool isVector = raw.Kind != SchemaShape.Column.VectorKind.Scalar;
        if (isVector == column is BagColumn) return;
        throw isVector
            ? SchemaErrors.Mismatch("category", column.Name, "one value per row", raw.Describe(), $"Read it with InputColumn.Bag(\"{column.Name}\").")
            : SchemaErrors.Mismatch("bag", column.Name, "a vector of values", raw.Describe(), $"Read it with InputColumn.Category(\"{column.Name}\").");
    }
}
