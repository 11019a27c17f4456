using System.Collections;
using System.Runtime.InteropServices;

namespace MLNet.Embeddings;

/// <summary>A column's value of a row, made of what people give, in the type that a model reads.</summary>
internal abstract class RowCell
{
    /// <summary>Takes a value.</summary>
    /// <param name="value">The value; null where it is missing.</param>
    /// <exception cref="ArgumentException">It cannot be one of the column.</exception>
    internal abstract void Set(object? value);

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
    /// <summary>The value of the row.</summary>
    internal T Value { get; private set; }

    internal override void Set(object? value) => Value = Read(name, converter, value);
}

/// <summary>A column of a vector.</summary>
/// <param name="name">Its name.</param>
/// <param name="converter">Makes an item.</param>
/// <param name="size">The number of items; 0 where each row has its own.</param>
internal sealed class VectorCell<T>(string name, ValueConverter<T> converter, int size) : RowCell where T : struct
{
    private readonly List<T> _items = [];

    /// <summary>The values of the row; valid until the next.</summary>
    internal ReadOnlySpan<T> Items => CollectionsMarshal.AsSpan(_items);

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
