using System.Globalization;

namespace MLNet.Embeddings;

/// <summary>An array that grows while something is read.</summary>
/// <remarks>
/// An expected number is a hint: no more memory is taken before there are values for it than <see cref="MostAtOnce"/>, and no more than twice as much as there
/// are values; a number that was right ends in an array of just that length.
/// </remarks>
/// <param name="expected">Values to expect; 0 if their number is not known.</param>
/// <param name="what">What the values are, for an error: a plural.</param>
internal struct ColumnBuffer<T>(long expected, string what)
{
    private const int Least = 64, MostAtOnce = 1 << 16;

    private T[] _values = new T[Math.Clamp(expected, 0, MostAtOnce)];

    // What was taken last: the next values will be about as many.
    private int _last;

    internal int Count { get; private set; }

    internal void Add(T value)
    {
        if (Count == _values.Length) Grow(1);
        _values[Count++] = value;
    }

    internal void AddRange(ReadOnlySpan<T> values) => values.CopyTo(Extend(values.Length));

    /// <summary>Room for values behind the others, to be filled.</summary>
    internal Span<T> Extend(int count)
    {
        if (_values.Length - Count < count) Grow(count);
        Count += count;
        return _values.AsSpan(Count - count, count);
    }

    /// <summary>The values in an array of their number, without a copy where the room was just enough; the buffer is empty afterwards.</summary>
    internal T[] Take()
    {
        T[] values = Count == _values.Length ? _values : _values[..Count];
        (_values, Count, _last) = ([], 0, Count);
        return values;
    }

    private void Grow(int count) => Array.Resize(ref _values, Math.Max(_last, Capacity(_values.Length, (long)Count + count, expected, what)));

    /// <summary>The length of a larger array.</summary>
    /// <param name="length">That of the array so far.</param>
    /// <param name="needed">The least that is needed.</param>
    /// <param name="expected">Values to expect in the end; 0 if their number is not known.</param>
    /// <param name="what">What the values are.</param>
    /// <exception cref="InvalidOperationException">An array cannot hold so many.</exception>
    internal static int Capacity(long length, long needed, long expected, string what)
    {
        if (needed > Array.MaxLength)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"There are more than {Array.MaxLength:N0} {what}; so many can be in memory at once. Train on fewer rows, or stream them with " +
                $"ShuffleBufferRows."));
        }
        long doubled = Math.Max(Least, 2 * length);
        if (expected >= needed && expected < doubled) doubled = expected;
        return (int)Math.Min(Math.Max(doubled, needed), Array.MaxLength);
    }
}
