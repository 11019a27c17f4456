namespace MLNet.Embeddings;

/// <summary>Vectors that lie one after the other.</summary>
internal readonly ref struct StateVectors(ReadOnlySpan<float> values, int count) : IVectors
{
    private readonly ReadOnlySpan<float> _values = values;

    public int Count => count;

    public ReadOnlySpan<float> this[int index] => _values.Slice(index * (_values.Length / count), _values.Length / count);
}
