using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace MLNet.Embeddings;

/// <summary>A list that never changes, equal to any other of equal values, and printed as these: records that hold such lists are values as a whole.</summary>
internal sealed class ValueList<T>(IEnumerable<T> values) : IReadOnlyList<T>
{
    /// <summary>More values are counted and not printed.</summary>
    private const int MostPrinted = 50;

    private readonly T[] _values = [.. values];

    public int Count => _values.Length;

    public T this[int index] => _values[index];

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _values.GetEnumerator();

    public override bool Equals(object? obj) => obj is ValueList<T> other && _values.SequenceEqual(other._values);

    public override int GetHashCode() => _values.Aggregate(0, HashCode.Combine);

    public override string ToString()
    {
        string more = Count > MostPrinted ? $", and {Count - MostPrinted} more" : "";
        return $"[{string.Join(", ", _values.Take(MostPrinted))}{more}]";
    }
}

/// <summary>Makes lists of values.</summary>
internal static class ValueList
{
    /// <summary>A copy of a list; null for null, which whoever takes it refuses.</summary>
    [return: NotNullIfNotNull(nameof(values))]
    internal static IReadOnlyList<T>? Of<T>(IEnumerable<T>? values) => values is null ? null : new ValueList<T>(values);
}
