using System.Collections;
using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>A column's value of a row, made of what people give, in the type that a model reads.</summary>
internal abstract class RowCell
{
    /// <summary>The <see cref="ValueGetter{TValue}"/> of the column.</summary>
    internal abstract Delegate Getter { get; }

    /// <summary>Takes a value.</summary>
    /// <param name="value">The value; null where it is missing.</param>
    /// <exception cref="ArgumentException">It cannot be one of the column.</exception>
    internal abstract void Set(object? value);

    /// <param name="column">The column.</param>
    /// <param name="dateFormat">The format of dates that it holds as texts; null where it holds none.</param>
    internal static RowCell Of(DataViewSchema.Column column, string? dateFormat) => column.Type.ItemType() switch
    {
        TextDataViewType => Of(column, dateFormat is null ? new TextConverter() : (ValueConverter<ReadOnlyMemory<char>>)new DateTextConverter(dateFormat)),
        BooleanDataViewType => Of(column, new BooleanConverter()),
        DateTimeDataViewType => Of(column, new DateTimeConverter()),
        DateTimeOffsetDataViewType => Of(column, new DateTimeOffsetConverter()),
        TimeSpanDataViewType => Of(column, new TimeSpanConverter()),
        // Where the type is guessed it has one key.
        KeyDataViewType { Count: var count } => Of(column, new KeyConverter(count > 1 ? count : null)),
        var number => Type.GetTypeCode(number.RawType) switch
        {
            TypeCode.Double => Of(column, new NumberConverter<double>(double.NaN)),
            TypeCode.Single => Of(column, new NumberConverter<float>(float.NaN)),
            TypeCode.SByte => Of(column, new NumberConverter<sbyte>()),
            TypeCode.Byte => Of(column, new NumberConverter<byte>()),
            TypeCode.Int16 => Of(column, new NumberConverter<short>()),
            TypeCode.UInt16 => Of(column, new NumberConverter<ushort>()),
            TypeCode.Int32 => Of(column, new NumberConverter<int>()),
            TypeCode.UInt32 => Of(column, new NumberConverter<uint>()),
            TypeCode.Int64 => Of(column, new NumberConverter<long>()),
            TypeCode.UInt64 => Of(column, new NumberConverter<ulong>()),
            _ => throw new UnreachableException($"{number} is no type that missing columns have."),
        },
    };

    private static RowCell Of<T>(DataViewSchema.Column column, ValueConverter<T> converter) where T : struct => column.Type is VectorDataViewType vector
        ? new VectorCell<T>(column.Name, converter, vector.Size)
        : new ScalarCell<T>(column.Name, converter);

    /// <summary>A value in its type, or what it says of one that it cannot read.</summary>
    /// <exception cref="ArgumentException">The value cannot be one of the column.</exception>
    private protected static T Read<T>(string column, ValueConverter<T> converter, object? value) where T : struct
    {
        value = PlainValue.Of(value);
        if (value is null || converter.IsEmpty(value))
        {
            return converter.Missing ?? throw Unfit(column, "is missing, which its type knows no value for", $"it needs {converter.Needed}");
        }
        return converter.TryRead(value, out var result)
            ? result
            : throw Unfit(column, $"cannot be {PlainValue.Describe(value)}", $"it needs {converter.Needed}");
    }

    private protected static ArgumentException Unfit(string column, string what, string need) => new($"Column '{column}' {what}: {need}.");
}

/// <summary>A column of one value.</summary>
internal sealed class ScalarCell<T>(string name, ValueConverter<T> converter) : RowCell where T : struct
{
    private T _value;

    internal override Delegate Getter => (ValueGetter<T>)((ref T value) => value = _value);

    internal override void Set(object? value) => _value = Read(name, converter, value);
}

/// <summary>A column of a vector.</summary>
/// <param name="name">Its name.</param>
/// <param name="converter">Makes an item.</param>
/// <param name="size">The number of items; 0 where each row has its own.</param>
internal sealed class VectorCell<T>(string name, ValueConverter<T> converter, int size) : RowCell where T : struct
{
    private readonly List<T> _items = [];

    internal override Delegate Getter => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
    {
        var editor = VBufferEditor.Create(ref value, _items.Count);
        _items.CopyTo(editor.Values);
        value = editor.Commit();
    });

    internal override void Set(object? value)
    {
        _items.Clear();
        value = PlainValue.Of(value);
        if (value is null)
        {
            for (int i = 0; i < size; i++) _items.Add(Read(name, converter, null));
            return;
        }
        if (value is string or not IEnumerable) throw Unfit(name, $"cannot be {PlainValue.Describe(value)}", $"it needs a list, of {converter.Needed} each");
        foreach (object? item in (IEnumerable)value) _items.Add(Read(name, converter, item));
        if (size > 0 && _items.Count != size) throw Unfit(name, $"cannot be a list of {_items.Count}", $"it needs {size}, each {converter.Needed}");
    }
}
