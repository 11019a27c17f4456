using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>The columns of a view as they are written to a file.</summary>
internal static class SavedColumns
{
    /// <summary>The annotation of a Boolean PredictedLabel that holds the two classes of a label that is not Boolean.</summary>
    private const string ClassValues = "ClassValues";

    /// <summary>The columns for a cursor: one for a scalar, one per slot for a vector, one text for a vector of no fixed size.</summary>
    /// <exception cref="ArgumentException">A column is of a type that files have none for, or two would have one name.</exception>
    internal static IReadOnlyList<SavedColumn> Of(DataViewRow row)
    {
        SavedColumn[] columns = [.. row.Schema.Where(column => !column.IsHidden).SelectMany(column => Of(row, column))];
        return columns.CountBy(column => column.Name).FirstOrDefault(name => name.Value > 1).Key is not { } twice ? columns
            : throw new ArgumentException($"Two columns of the file would have the name '{twice}'. Drop one of them, or give it another name.");
    }

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
    private static IEnumerable<SavedColumn> Booleans(DataViewRow row, DataViewSchema.Column column) =>
        Meant<bool>(row, column, ClassValues, value => value ? 1 : 0) ?? Values<bool, bool>(row, column, value => value);

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

    /// <summary>What keys stand for; the keys themselves where it is not known.</summary>
    private static IEnumerable<SavedColumn> Keys<T>(DataViewRow row, DataViewSchema.Column column, Func<T, ulong> numberOf) =>
        Meant<T>(row, column, "KeyValues", key => (int)numberOf(key) - 1)
            ?? Values<T, ulong>(row, column, key => numberOf(key) is > 0 and var number ? number : null);

    /// <summary>The values that those of a column stand for: texts, Booleans or numbers; null where it has no such annotation.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The column.</param>
    /// <param name="annotation">The annotation that has the values.</param>
    /// <param name="placeOf">The place among them; -1 for none.</param>
    private static IEnumerable<SavedColumn>? Meant<T>(DataViewRow row, DataViewSchema.Column column, string annotation, Func<T, int> placeOf)
    {
        if (column.Annotations.Schema.GetColumnOrNull(annotation)?.Type is not VectorDataViewType { ItemType: var item }) return null;
        return Type.GetTypeCode(item.RawType) switch
        {
            _ when item is TextDataViewType => Texts(),
            _ when item is not (BooleanDataViewType or NumberDataViewType) => null,
            // A Single as it was written: 0.1, not the Double next to it.
            TypeCode.Single => As<float, double>(value => (double)(decimal)value),
            TypeCode.Double => As<double, double>(value => value),
            TypeCode.Boolean => As<bool, bool>(value => value),
            TypeCode.SByte => As<sbyte, long>(value => value),
            TypeCode.Byte => As<byte, long>(value => value),
            TypeCode.Int16 => As<short, long>(value => value),
            TypeCode.UInt16 => As<ushort, long>(value => value),
            TypeCode.Int32 => As<int, long>(value => value),
            TypeCode.UInt32 => As<uint, long>(value => value),
            TypeCode.Int64 => As<long, long>(value => value),
            _ => As<ulong, ulong>(value => value),
        };

        IEnumerable<SavedColumn> Texts()
        {
            string[] texts = [.. AllOf<ReadOnlyMemory<char>>().Select(text => text.ToString())];
            return SavedColumns.Texts<T>(row, column, value => placeOf(value) is >= 0 and var place ? texts[place] : null);
        }

        IEnumerable<SavedColumn> As<TGiven, TValue>(Func<TGiven, TValue> convert) where TValue : struct
        {
            TValue[] values = [.. AllOf<TGiven>().Select(convert)];
            return Values<T, TValue>(row, column, value => placeOf(value) is >= 0 and var place ? values[place] : null);
        }

        IEnumerable<TGiven> AllOf<TGiven>()
        {
            var all = default(VBuffer<TGiven>);
            column.Annotations.GetValue(annotation, ref all);
            return all.DenseValues();
        }
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
