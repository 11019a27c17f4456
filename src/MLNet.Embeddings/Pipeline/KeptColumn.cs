using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Keeps the values of a column for the rows of a block.</summary>
internal abstract class KeptColumn
{
    /// <summary>Whether values of a type can be kept: all but those of types with rules of their own for who owns a value, such as images.</summary>
    internal static bool CanKeep(DataViewType type) => type is PrimitiveDataViewType or VectorDataViewType;

    internal static KeptColumn Of(DataViewRow input, DataViewSchema.Column column)
    {
        var kind = column.Type is VectorDataViewType ? typeof(KeptVectors<>) : typeof(KeptScalars<>);
        return (KeptColumn)Activator.CreateInstance(kind.MakeGenericType(column.Type.ItemType().RawType), input, column)!;
    }

    /// <summary>Keeps the value of the row that the input stands on.</summary>
    /// <param name="index">Place of the row in its block.</param>
    internal abstract void Read(int index);
}
