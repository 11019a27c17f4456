namespace MLNet.Embeddings;

/// <summary>The features of a row that are not zero. Its memory is kept from row to row.</summary>
internal sealed class SparseRow
{
    private int[] _features = new int[64];
    private float[] _values = new float[64];

    /// <summary>Number of features.</summary>
    internal int Count { get; private set; }

    /// <summary>Numbers of the features.</summary>
    internal ReadOnlySpan<int> Features => _features.AsSpan(0, Count);

    /// <summary>Their values.</summary>
    internal ReadOnlySpan<float> Values => _values.AsSpan(0, Count);

    internal void Clear() => Count = 0;

    internal void Add(int feature, float value)
    {
        if (Count == _features.Length)
        {
            Array.Resize(ref _features, 2 * Count);
            Array.Resize(ref _values, 2 * Count);
        }
        (_features[Count], _values[Count++]) = (feature, value);
    }

    /// <summary>Multiplies the values from a place on with a number.</summary>
    internal void Scale(int start, float factor)
    {
        for (int i = start; i < Count; i++) _values[i] *= factor;
    }
}
