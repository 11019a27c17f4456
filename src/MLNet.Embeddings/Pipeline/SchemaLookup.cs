using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Finds columns in schemas and in promises of schemas.</summary>
internal static class SchemaLookup
{
    /// <exception cref="ArgumentOutOfRangeException">There is no column of that name.</exception>
    internal static DataViewSchema.Column Find(this DataViewSchema schema, string role, string name) =>
        schema.GetColumnOrNull(name) ?? throw SchemaErrors.Missing(role, name, schema.Where(column => !column.IsHidden).Select(column => column.Name));

    /// <inheritdoc cref="Find(DataViewSchema, string, string)"/>
    internal static SchemaShape.Column Find(this SchemaShape schema, string role, string name) =>
        schema.Any(column => column.Name == name)
            ? schema.First(column => column.Name == name)
            : throw SchemaErrors.Missing(role, name, schema.Select(column => column.Name));

    /// <summary>The type itself, or that of a vector's items.</summary>
    internal static DataViewType ItemType(this DataViewType type) => type is VectorDataViewType vector ? vector.ItemType : type;

    /// <summary>The promise with columns added; one of the same name is replaced.</summary>
    internal static SchemaShape With(this SchemaShape schema, IEnumerable<SchemaShape.Column> added)
    {
        var columns = schema.ToDictionary(column => column.Name);
        foreach (var column in added) columns[column.Name] = column;
        return new SchemaShape(columns.Values);
    }

    /// <summary>The column's type in words, as errors print it.</summary>
    internal static string Describe(this SchemaShape.Column column)
    {
        string item = column.IsKey ? $"Key<{column.ItemType.RawType.Name}>" : column.ItemType.ToString()!;
        return column.Kind switch
        {
            SchemaShape.Column.VectorKind.Scalar => item,
            SchemaShape.Column.VectorKind.Vector => $"Vector<{item}>",
            _ => $"Vector<{item}> of variable length",
        };
    }
}
