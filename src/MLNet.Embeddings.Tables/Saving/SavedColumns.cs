using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>The columns of a view as they are written to a file.</summary>
internal static class SavedColumns
{
    /// <summary>The annotation of a Boolean PredictedLabel that holds the two classes of a label that is not Boolean.</summary>
    private const string ClassValues = "ClassValues";

    /// <summary>The columns for a cursor: one for a scalar, one per slot for a vector, one text for a vector of no fixed size.</summary>
    /// <exception cref="ArgumentException">A column is of a type that files have none for.</exception>
    internal static IReadOnlyList<SavedColumn> Of(DataViewRow row) =>
        [.. row.Schema.Where(column => !column.IsHidden).SelectMany(column => Of(row, column))];

    private static IEnumerable<SavedColumn> Of(DataViewRow row, DataViewSchema.Column column) => ItemOf(column.Type) switch
    {
        KeyDataViewType key => Keys(row, column, Type.GetTypeCode(key.RawType)),
        TextDataViewType => Texts<ReadOnlyMemory<char>>(row, column, text => text.ToString()),
        DateTimeDataViewType => Values<DateTime, DateTime>(row, column, date => date == default ? null : date),
        DateTimeOffsetDataViewType => Values<DateTimeOffset, DateTime>(row, column, date => date == default ? null : date.UtcDateTime),
        TimeSpanDataViewType => Values<TimeSpan, TimeSpan>(row, column, time => time),
        BooleanDataViewType => Booleans(row, column),
        NumberDataViewType number => Numbers(row, column, Type.GetTypeCode(number.RawType)),
        _ => throw new ArgumentException($"Column '{column.Name}' is of type {column.Type}, which files have no columns for. Drop or convert it first."),
    };

    /// <summary>The two values that false and true stand for, where the model which predicted them knows these; else true and false.</summary>
    private static IEnumerable<SavedColumn> Booleans(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(ClassValues)?.Type is not VectorDataViewType { ItemType: TextDataViewType })
            return Values<bool, bool>(row, column, value => value);
        var values = default(VBuffer<ReadOnlyMemory<char>>);
        column.Annotations.GetValue(ClassValues, ref values);
        string[] texts = [.. values.DenseValues().Select(text => text.ToString())];
        return Texts<bool>(row, column, value => texts[value ? 1 : 0]);
    }

    private static DataViewType ItemOf(DataViewType type) => type is VectorDataViewType vector ? vector.ItemType : type;

    private static IEnumerable<SavedColumn> Numbers(DataViewRow row, DataViewSchema.Column column, TypeCode type) => type switch
    {
        TypeCode.Single => Values<float, float>(row, column, value => float.IsFinite(value) ? value : null),
        TypeCode.Double => Values<double, double>(row, column, value => double.IsFinite(value) ? value : null),
        TypeCode.SByte => Values<sbyte, sbyte>(row, column, value => value),
        TypeCode.Byte => Values<byte, byte>(row, column, value => value),
        TypeCode.Int16 => Values<short, short>(row, column, value => value),
        TypeCode.UInt16 => Values<ushort, ushort>(row, column, value => value),
        TypeCode.Int32 => Values<int, int>(row, column, value => value),
        TypeCode.UInt32 => Values<uint, uint>(row, column, value => value),
        TypeCode.Int64 => Values<long, long>(row, column, value => value),
        _ => Values<ulong, ulong>(row, column, value => value),
    };

    private static IEnumerable<SavedColumn> Keys(DataViewRow row, DataViewSchema.Column column, TypeCode type) => type switch
    {
        TypeCode.Byte => Keys<byte>(row, column, key => key),
        TypeCode.UInt16 => Keys<ushort>(row, column, key => key),
        TypeCode.UInt32 => Keys<uint>(row, column, key => key),
        _ => Keys<ulong>(row, column, key => key),
    };

    /// <summary>What keys stand for: texts, or numbers; the keys themselves where it is not known.</summary>
    private static IEnumerable<SavedColumn> Keys<T>(DataViewRow row, DataViewSchema.Column column, Func<T, ulong> numberOf)
    {
        var type = column.Annotations.Schema.GetColumnOrNull("KeyValues")?.Type;
        if (type is null || ItemOf(type) is not (TextDataViewType or NumberDataViewType { RawType.Name: nameof(Single) or nameof(Double) }))
            return Values<T, ulong>(row, column, key => numberOf(key) is > 0 and var number ? number : null);
        if (ItemOf(type) is TextDataViewType)
        {
            var texts = KeyValues<ReadOnlyMemory<char>>(column).Select(text => text.ToString()).ToArray();
            return Texts<T>(row, column, key => numberOf(key) is > 0 and var number ? texts[number - 1] : null);
        }
        var numbers = ItemOf(type).RawType == typeof(float) ? KeyValues<float>(column).Select(value => (double)(decimal)value) : KeyValues<double>(column);
        double[] values = [.. numbers];
        return Values<T, double>(row, column, key => numberOf(key) is > 0 and var number ? values[number - 1] : null);
    }

    private static IEnumerable<T> KeyValues<T>(DataViewSchema.Column column)
    {
        var values = default(VBuffer<T>);
        column.GetKeyValues(ref values);
        return values.DenseValues();
    }

    private static IEnumerable<SavedColumn> Values<T, TValue>(DataViewRow row, DataViewSchema.Column column, Func<T, TValue?> convert) where TValue : struct
    {
        if (column.Type is VectorDataViewType { Size: 0 }) return [JoinedVector<T>(row, column, value => SavedValues<TValue>.TextOf(convert(value)))];
        return Items<T>(row, column).Select(item => new SavedValues<TValue>(item.Name, () => convert(item.Read())));
    }

    private static IEnumerable<SavedColumn> Texts<T>(DataViewRow row, DataViewSchema.Column column, Func<T, string?> convert)
    {
        if (column.Type is VectorDataViewType { Size: 0 }) return [JoinedVector(row, column, convert)];
        return Items<T>(row, column).Select(item => new SavedTexts(item.Name, () => convert(item.Read())));
    }

    private static SavedTexts JoinedVector<T>(DataViewRow row, DataViewSchema.Column column, Func<T, string?> convert)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        var vector = default(VBuffer<T>);
        return new SavedTexts(column.Name, () =>
        {
            getter(ref vector);
            return string.Join(", ", vector.DenseValues().Select(convert));
        });
    }

    /// <summary>The values of a column, each with its name: of a vector, its slots, whose values are read once per row.</summary>
    private static IEnumerable<(string Name, Func<T> Read)> Items<T>(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType { Size: var size })
        {
            var scalar = row.GetGetter<T>(column);
            T value = default!;
            return [(column.Name, () =>
            {
                scalar(ref value);
                return value;
            })];
        }
        var getter = row.GetGetter<VBuffer<T>>(column);
        var vector = default(VBuffer<T>);
        long position = -1;
        return SlotNames(column, size).Select((slot, i) => ($"{column.Name}.{slot}", new Func<T>(() =>
        {
            if (row.Position != position) getter(ref vector);
            position = row.Position;
            return vector.GetItemOrDefault(i);
        })));
    }

    private static IEnumerable<string> SlotNames(DataViewSchema.Column column, int size)
    {
        var names = default(VBuffer<ReadOnlyMemory<char>>);
        if (column.HasSlotNames()) column.GetSlotNames(ref names);
        return names.Length == size
            ? names.DenseValues().Select((name, i) => name.IsEmpty ? $"{i}" : name.ToString())
            : Enumerable.Range(0, size).Select(i => $"{i}");
    }
}
