namespace MLNet.Embeddings;

/// <summary>The vectors of a sequence's terms.</summary>
internal readonly ref struct TermVectors(TermTable table, ReadOnlySpan<int> keys) : IVectors
{
    private readonly ReadOnlySpan<int> _keys = keys;

    public int Count => _keys.Length;

    public ReadOnlySpan<float> this[int index] => table[_keys[index]];
}
