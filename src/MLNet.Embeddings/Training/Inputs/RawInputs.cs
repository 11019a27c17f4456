namespace MLNet.Embeddings;

/// <summary>Checks the types of columns that may be raw.</summary>
internal static class RawInputs
{
    /// <summary>Checks that a column can be read, raw or as keys.</summary>
    /// <param name="column">The column.</param>
    /// <param name="find">The type of a column by role and name, in a schema or in the promise of one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of a type that cannot be used.</exception>
    internal static void Require(InputColumn column, Func<string, string, InputType> find)
    {
        switch (column)
        {
            case TextColumn:
                find("text", column.Name).RequireRawText(column.Name);
                break;
            case DateColumn:
                DateReading.Require(column.Name, find(DateReading.Role, column.Name));
                break;
            case CategoryColumn when find("category", column.Name) is { IsKey: false } values:
                CategoryReader.Require(column.Name, values);
                if (!values.IsVector) break;
                throw SchemaErrors.Mismatch(
                    "category", column.Name, "one value per row", values.Description, $"Read it with InputColumn.Bag(\"{column.Name}\").");
            case BagColumn when find("bag", column.Name) is { IsKey: false } values:
                CategoryReader.Require(column.Name, values);
                if (values.IsVector) break;
                throw SchemaErrors.Mismatch(
                    "bag", column.Name, "a vector of values", values.Description, $"Read it with InputColumn.Category(\"{column.Name}\").");
            default:
                column.Require(find);
                break;
        }
    }
}
