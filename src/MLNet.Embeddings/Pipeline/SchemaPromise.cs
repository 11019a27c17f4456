using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

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
