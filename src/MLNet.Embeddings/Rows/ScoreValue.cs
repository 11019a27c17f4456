using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Reads a column's value of the current row as an object: keys as the values that they stand for, named slots as a dictionary.</summary>
internal abstract class ScoreValue
{
    /// <summary>The value; null where it is missing.</summary>
    internal abstract object? Read();

    /// <param name="row">The row, on which the column is active.</param>
    /// <param name="column">The column.</param>
    internal static ScoreValue Of(DataViewRow row, DataViewSchema.Column column)
    {
        var kind = column.Type is VectorDataViewType ? typeof(VectorValue<>) : typeof(ScalarValue<>);
        return (ScoreValue)Activator.CreateInstance(kind.MakeGenericType(KeyValueReading.TypeOf(column)), row, column)!;
    }

    private protected static object Plain<T>(T value) => value is ReadOnlyMemory<char> text ? text.ToString() : value!;
}

/// <summary>One value.</summary>
internal sealed class ScalarValue<T>(DataViewRow row, DataViewSchema.Column column) : ScoreValue where T : struct
{
    private readonly Func<T?> _read = KeyValueReading.Scalar<T>(row, column);

    internal override object? Read() => _read() is { } value ? Plain(value) : null;
}

/// <summary>A vector: an array or, of numbers whose slots have names, a dictionary.</summary>
internal sealed class VectorValue<T>(DataViewRow row, DataViewSchema.Column column) : ScoreValue
{
    private readonly Func<object> _read = column.Type.ItemType() is KeyDataViewType ? OfKeys(row, column) : OfValues(row, column);

    internal override object Read() => _read();

    private static Func<object> OfValues(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        var names = column.HasSlotNames() ? NamesOf(column) : null;
        var value = default(VBuffer<T>);
        return () =>
        {
            getter(ref value);
            return names is null ? Plain([.. value.DenseValues()]) : Named(names, value);
        };
    }

    private static OrderedDictionary<string, T> Named(string[] names, VBuffer<T> value)
    {
        var named = new OrderedDictionary<string, T>(names.Length);
        foreach (var (slot, item) in value.Items(all: true)) named[names[slot]] = item;
        return named;
    }

    private static string[] NamesOf(DataViewSchema.Column column)
    {
        var names = default(VBuffer<ReadOnlyMemory<char>>);
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static Func<object> OfKeys(DataViewRow row, DataViewSchema.Column column)
    {
        var read = KeyReading.Sequence(row, column, KeyReading.KeyCount(column));
        var valueOf = KeyValueReading.Of<T>(column);
        return () =>
        {
            var keys = read();
            var values = new T[keys.Length];
            for (int i = 0; i < keys.Length; i++) values[i] = valueOf(keys[i]);
            return Plain(values);
        };
    }

    private static Array Plain(T[] values) => values is ReadOnlyMemory<char>[] texts ? Array.ConvertAll(texts, text => text.ToString()) : values;
}
