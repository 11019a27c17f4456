using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>A key and sequences of keys of one raw type.</summary>
internal sealed class KeyRow<T>
{
    [KeyType(5)] public T Key { get; set; } = default!;
    [KeyType(5)] public T[] Keys { get; set; } = [];
    [KeyType(5)] public VBuffer<T> Sparse { get; set; }
}
