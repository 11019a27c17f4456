using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Gives keys the values that they stand for or, where these are not known, their numbers.</summary>
internal static class KeyValueReading
{
    /// <summary>The type of what is given out of a column: of keys, that of their values.</summary>
    internal static Type TypeOf(DataViewSchema.Column column)
    {
        var item = column.Type.ItemType();
        return item is KeyDataViewType ? ValuesType(column)?.RawType ?? typeof(uint) : item.RawType;
    }

    /// <summary>Gives a key above 0 its value.</summary>
    internal static Func<int, T> Of<T>(DataViewSchema.Column column)
    {
        if (ValuesType(column) is null) return key => (T)(object)(uint)key;
        var values = default(VBuffer<T>);
        column.Annotations.GetValue(KeyTerms.KeyValues, ref values);
        T[] all = [.. values.DenseValues()];
        return key => all[key - 1];
    }

    private static DataViewType? ValuesType(DataViewSchema.Column column) =>
        column.Annotations.Schema.GetColumnOrNull(KeyTerms.KeyValues)?.Type.ItemType();
}
