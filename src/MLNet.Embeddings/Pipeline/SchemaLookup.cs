using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Finds columns in schemas and in promises of schemas.</summary>
internal static class SchemaLookup
{
    /// <exception cref="ArgumentOutOfRangeException">There is no column of that name.</exception>
    internal static DataViewSchema.Column Find(this DataViewSchema schema, string role, string name, string cure = SchemaErrors.AddStep) =>
        schema.GetColumnOrNull(name) ?? throw SchemaErrors.Missing(role, name, schema.Where(column => !column.IsHidden).Select(column => column.Name), cure);

    /// <summary>Finds a column that a fitted step reads.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no column of that name.</exception>
    internal static DataViewSchema.Column FindFitted(this DataViewSchema schema, string role, string name) =>
        schema.GetColumnOrNull(name) ?? throw SchemaErrors.Lacking(role, name, schema.Where(column => !column.IsHidden).Select(column => column.Name));

    /// <inheritdoc cref="Find(DataViewSchema, string, string, string)"/>
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

/// <summary>Types of values in words.</summary>
internal static class TypeNames
{
    /// <summary>The name by which ML.NET's own types print themselves: "Vector&lt;Single&gt;".</summary>
    internal static string Describe(this Type values) => values switch
    {
        { IsGenericType: true } when values.GetGenericTypeDefinition() == typeof(VBuffer<>) => $"Vector<{values.GenericTypeArguments[0].Describe()}>",
        _ when values == typeof(ReadOnlyMemory<char>) => TextDataViewType.Instance.ToString()!,
        _ => values.Name,
    };
}

/// <summary>Promises of columns in the form that ML.NET checks before a pipeline is fitted.</summary>
internal static class SchemaPromise
{
    /// <summary>The promise that a column keeps: its kind, its type and its annotations.</summary>
    internal static SchemaShape.Column Promise(this DataViewSchema.DetachedColumn column) =>
        Promise(column.Name, column.Type, [.. column.Annotations.Schema.Select(annotation => Promise(annotation.Name, annotation.Type, []))]);

    private static SchemaShape.Column Promise(string name, DataViewType type, SchemaShape.Column[] annotations)
    {
        var kind = type switch
        {
            VectorDataViewType { IsKnownSize: true } => SchemaShape.Column.VectorKind.Vector,
            VectorDataViewType => SchemaShape.Column.VectorKind.VariableVector,
            _ => SchemaShape.Column.VectorKind.Scalar,
        };
        return type.ItemType() is KeyDataViewType key
            ? ClosedSide.ShapeColumn(name, kind, NumberTypeOf(key), isKey: true, annotations)
            : ClosedSide.ShapeColumn(name, kind, type.ItemType(), isKey: false, annotations);
    }

    /// <summary>The number type that holds a key: a promise names it in place of the key type.</summary>
    private static NumberDataViewType NumberTypeOf(KeyDataViewType key) => Type.GetTypeCode(key.RawType) switch
    {
        TypeCode.Byte => NumberDataViewType.Byte,
        TypeCode.UInt16 => NumberDataViewType.UInt16,
        TypeCode.UInt32 => NumberDataViewType.UInt32,
        _ => NumberDataViewType.UInt64,
    };
}

/// <summary>The annotation by which an index column says that its first key stands for unknown values.</summary>
/// <remarks>A column of <c>MapValueToKey</c> has none: its first key is a value like any other, and must not be trained as the unknown one.</remarks>
internal static class UnknownKey
{
    private const string Kind = "UnknownKey";

    /// <summary>Adds the annotation to those of an index column.</summary>
    internal static void AddUnknownKey(this DataViewSchema.Annotations.Builder annotations) =>
        annotations.Add(Kind, BooleanDataViewType.Instance, (ref bool value) => value = true);

    internal static bool HasUnknownKey(this DataViewSchema.Column column) => column.Annotations.Schema.GetColumnOrNull(Kind) is not null;
}
