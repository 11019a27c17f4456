using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>A cell for a column of a schema.</summary>
/// <param name="Cell">Takes the values.</param>
/// <param name="Getter">The <see cref="ValueGetter{TValue}"/> of the column.</param>
internal sealed record ColumnCell(RowCell Cell, Delegate Getter)
{
    /// <param name="column">The column.</param>
    /// <param name="dateFormat">The format of dates that it holds as texts; null where it holds none.</param>
    internal static ColumnCell Of(DataViewSchema.Column column, string? dateFormat) => column.Type.ItemType() switch
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

    private static ColumnCell Of<T>(DataViewSchema.Column column, ValueConverter<T> converter) where T : struct
    {
        if (column.Type is VectorDataViewType { Size: var size })
        {
            var items = new VectorCell<T>(column.Name, converter, size);
            return new ColumnCell(items, (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
            {
                var editor = VBufferEditor.Create(ref value, items.Items.Length);
                items.Items.CopyTo(editor.Values);
                value = editor.Commit();
            }));
        }
        var cell = new ScalarCell<T>(column.Name, converter);
        return new ColumnCell(cell, (ValueGetter<T>)((ref T value) => value = cell.Value));
    }
}
