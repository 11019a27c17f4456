using System.Collections;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>Reads the visible columns of rows as text, whatever their types, so that rows can be compared.</summary>
internal static class Rows
{
    private static readonly MethodInfo ReaderOf = typeof(Rows).GetMethod(nameof(ColumnReader), BindingFlags.NonPublic | BindingFlags.Static)!;

    internal static string[] Of(IDataView view)
    {
        using var cursor = view.GetRowCursor(view.Schema);
        var read = Reader(cursor);
        var rows = new List<string>();
        while (cursor.MoveNext()) rows.Add(read());
        return [.. rows];
    }

    /// <summary>The transformed rows with their ids, as the mapper of single rows gives them.</summary>
    internal static string[] OneByOne(ITransformer transformer, IDataView view)
    {
        var mapper = transformer.GetRowToRowMapper(view.Schema);
        using var cursor = view.GetRowCursor(view.Schema);
        using var row = mapper.GetRow(cursor, mapper.OutputSchema);
        return ById(row, cursor.MoveNext);
    }

    /// <summary>The rows with their ids; disposes the cursor.</summary>
    internal static string[] ById(DataViewRowCursor cursor)
    {
        using (cursor) return ById(cursor, cursor.MoveNext);
    }

    private static string[] ById(DataViewRow row, Func<bool> moveNext)
    {
        var getId = row.GetIdGetter();
        var read = Reader(row);
        var rows = new List<string>();
        while (moveNext())
        {
            DataViewRowId id = default;
            getId(ref id);
            rows.Add($"{id}: {read()}");
        }
        return [.. rows];
    }

    /// <summary>Reader of the row on which a cursor stands.</summary>
    internal static Func<string> Reader(DataViewRow row)
    {
        var readers = row.Schema.Where(column => !column.IsHidden)
            .Select(column => (column.Name, Read: (Func<string>)ReaderOf.MakeGenericMethod(column.Type.RawType).Invoke(null, [row, column])!)).ToArray();
        return () => string.Join("; ", readers.Select(reader => $"{reader.Name} = {reader.Read()}"));
    }

    private static Func<string> ColumnReader<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return Text(value);
        };
    }

    private static string Text(object? value) => value?.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(VBuffer<>)
        ? $"[{string.Join(' ', ((IEnumerable)type.GetMethod(nameof(VBuffer<int>.DenseValues))!.Invoke(value, null)!).Cast<object>().Select(Text))}]"
        : FormattableString.Invariant($"{value}");
}
