using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Gives keys, and the two classes of a Boolean, the values that they stand for or, where these are not known, leaves them as they are.</summary>
internal static class KeyValueReading
{
    /// <summary>The type of what is given out of a column: of keys, that of their values.</summary>
    internal static Type TypeOf(DataViewSchema.Column column)
    {
        var item = column.Type.ItemType();
        return ValuesType(column)?.RawType ?? (item is KeyDataViewType ? typeof(uint) : item.RawType);
    }

    /// <summary>Reads a column of one value a row; null for key 0.</summary>
    internal static Func<T?> Scalar<T>(DataViewRow row, DataViewSchema.Column column) where T : struct
    {
        if (KeyOf(row, column) is { } key)
        {
            var valueOf = Of<T>(column);
            return () => key() is > 0 and var given ? valueOf(given) : null;
        }
        var getter = row.GetGetter<T>(column);
        return () =>
        {
            T value = default;
            getter(ref value);
            return value;
        };
    }

    /// <summary>Gives a key above 0 its value.</summary>
    internal static Func<int, T> Of<T>(DataViewSchema.Column column)
    {
        if (ValuesType(column) is null) return key => (T)(object)(uint)key;
        var values = default(VBuffer<T>);
        column.Annotations.GetValue(AnnotationOf(column)!, ref values);
        T[] all = [.. values.DenseValues()];
        return key => all[key - 1];
    }

    /// <summary>Reads a key, or the place of a Boolean's value among the two; null for a column that is neither.</summary>
    private static Func<int>? KeyOf(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is KeyDataViewType) return KeyReading.Scalar(row, column, KeyReading.KeyCount(column));
        if (ValuesType(column) is null) return null;
        var getter = row.GetGetter<bool>(column);
        return () =>
        {
            bool value = false;
            getter(ref value);
            return value ? 2 : 1;
        };
    }

    private static DataViewType? ValuesType(DataViewSchema.Column column) =>
        AnnotationOf(column) is { } name ? column.Annotations.Schema.GetColumnOrNull(name)?.Type.ItemType() : null;

    internal static string? AnnotationOf(DataViewSchema.Column column) => column.Type.ItemType() switch
    {
        KeyDataViewType => KeyTerms.KeyValues,
        BooleanDataViewType => ScoreColumn.ClassValues,
        _ => null,
    };
}
