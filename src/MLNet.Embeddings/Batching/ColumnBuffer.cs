namespace MLNet.Embeddings;

/// <summary>An array that grows while a column is read.</summary>
/// <param name="capacity">Values to make room for at once; 0 if their number is not known.</param>
internal struct ColumnBuffer<T>(int capacity)
{
    private T[] _values = new T[capacity];

    internal int Count { get; private set; }

    internal void Add(T value)
    {
        if (Count == _values.Length) Array.Resize(ref _values, Math.Max(64, 2 * Count));
        _values[Count++] = value;
    }

    internal void AddRange(ReadOnlySpan<T> values)
    {
        if (_values.Length - Count < values.Length) Array.Resize(ref _values, Math.Max(2 * Count, Count + values.Length));
        values.CopyTo(_values.AsSpan(Count));
        Count += values.Length;
    }

    /// <summary>The values in an array of their number, without a copy where the room was just enough; the buffer is empty afterwards.</summary>
    internal T[] Take()
    {
        T[] values = Count == _values.Length ? _values : _values[..Count];
        (_values, Count) = ([], 0);
        return values;
    }
}
