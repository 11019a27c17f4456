namespace MLNet.Embeddings;

/// <summary>A trained table with one row of numbers for each key. Immutable.</summary>
internal readonly struct TermTable(float[] values, int dimensions)
{
    /// <summary>Length of a vector.</summary>
    internal int Dimensions => dimensions;

    /// <summary>The vector of a key.</summary>
    internal ReadOnlySpan<float> this[int key] => values.AsSpan(key * dimensions, dimensions);
}
