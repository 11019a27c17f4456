using Microsoft.ML.Data;

namespace MLNet.Embeddings.Robustness;

/// <summary>What is bad about a column.</summary>
internal enum Fault
{
    MissingColumn, WrongType, NoRows, AllMissing, OneMissing, Infinite, Huge, Tiny, OneValue, OneRow, BeyondKeys, UnknownValue, EmptyVector, LongerVector,
}

/// <summary>What sound and bad values of a type are.</summary>
/// <typeparam name="T">The type that getters give.</typeparam>
/// <param name="Type">The type of columns.</param>
/// <param name="Sound">The sound value of a row.</param>
internal sealed record ValueKind<T>(DataViewType Type, Func<int, T> Sound) : ValueKind
{
    private const int Rows = 24;

    /// <summary>Bad values, each with the type of a column that may hold it.</summary>
    internal Dictionary<Fault, (DataViewType Type, T Value)> Bad { get; init; } = [];

    internal override MemoryColumn Column(string name) => MemoryColumn.Of(name, Type, [.. Enumerable.Range(0, Rows).Select(Sound)]);

    internal override MemoryColumn? Column(string name, Fault fault)
    {
        T[] sound = [.. Enumerable.Range(0, Rows).Select(Sound)];
        return fault switch
        {
            Fault.MissingColumn => MemoryColumn.Of($"Not{name}", Type, sound),
            Fault.WrongType => MemoryColumn.Of(name, new VectorDataViewType(TimeSpanDataViewType.Instance), new VBuffer<TimeSpan>[Rows]),
            Fault.NoRows => MemoryColumn.Of(name, Type, Array.Empty<T>()),
            Fault.OneRow => MemoryColumn.Of(name, Type, sound[0]),
            Fault.OneValue => MemoryColumn.Of(name, Type, [.. sound.Select(_ => sound[0])]),
            Fault.AllMissing => Bad.TryGetValue(Fault.OneMissing, out var missing)
                ? MemoryColumn.Of(name, missing.Type, [.. sound.Select(_ => missing.Value)])
                : null,
            _ => Bad.TryGetValue(fault, out var bad) ? MemoryColumn.Of(name, bad.Type, [.. sound[..5], bad.Value, .. sound[6..]]) : null,
        };
    }

    /// <summary>The same values in vectors of one or two of them.</summary>
    internal ValueKind<VBuffer<T>> Vectors() => new(Vector(Type), row => Of(row % 2 == 0 ? [Sound(row), Sound(row + 1)] : [Sound(row)]))
    {
        Bad = new(Bad.Select(bad => KeyValuePair.Create(bad.Key, (Vector(bad.Value.Type), Of(Sound(1), bad.Value.Value)))))
        {
            [Fault.EmptyVector] = (Vector(Type), Of()),
        },
    };

    /// <summary>The same values in vectors of a fixed size.</summary>
    internal ValueKind<VBuffer<T>> Vectors(int size) => new(Vector(Type, size), row => Of([.. Enumerable.Range(row, size).Select(Sound)]))
    {
        Bad = new(Bad.Select(bad => KeyValuePair.Create(bad.Key,
            (Vector(bad.Value.Type, size), Of([.. Enumerable.Range(1, size - 1).Select(Sound), bad.Value.Value])))))
        {
            [Fault.EmptyVector] = (Vector(Type), Of()),
            [Fault.LongerVector] = (Vector(Type), Of([.. Enumerable.Range(0, size + 1).Select(Sound)])),
        },
    };

    private static DataViewType Vector(DataViewType item, int size = 0) => new VectorDataViewType((PrimitiveDataViewType)item, size);

    private static VBuffer<T> Of(params T[] items) => new(items.Length, items);
}

/// <summary>Makes columns with sound and bad values.</summary>
internal abstract record ValueKind
{
    /// <summary>A column that nothing is wrong with.</summary>
    internal abstract MemoryColumn Column(string name);

    /// <summary>A bad column; null if such values cannot be bad in this way.</summary>
    internal abstract MemoryColumn? Column(string name, Fault fault);
}
