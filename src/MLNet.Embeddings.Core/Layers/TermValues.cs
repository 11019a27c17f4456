using System.Buffers;

namespace MLNet.Embeddings;

/// <summary>Computes numbers of terms; those of one must not depend on which others are computed with it.</summary>
/// <param name="vectors">The terms' vectors: (terms, dimensions).</param>
/// <param name="count">How many terms.</param>
/// <param name="values">Receives (terms, size).</param>
internal delegate void TermFunction(ReadOnlySpan<float> vectors, int count, Span<float> values);

/// <summary>
/// Numbers that follow from the vector of a key of a fixed table alone, and not from the sequence: computed when a key is first met, and kept.
/// </summary>
/// <remarks>Several threads may compute a key at once: they write equal numbers, and it counts as known when all of them are there.</remarks>
/// <param name="table">The keys' vectors.</param>
/// <param name="size">How many numbers a key has.</param>
/// <param name="compute">Computes them.</param>
internal sealed unsafe class TermValues(EmbeddingTable table, int size, TermFunction compute)
{
    /// <summary>Keys that are computed together: enough for a matrix product.</summary>
    private const int KeysPerProduct = 96;

    private readonly UntouchedFloats _values = new((table.Shape.KeyCount + 1L) * size);
    private readonly bool[] _known = new bool[table.Shape.KeyCount + 1];

    /// <summary>Computes the numbers of keys as far as they are not known, many at once.</summary>
    /// <returns>The numbers of all keys, (keys, size), of which those are there that were required so far. Valid as long as this object is reachable.</returns>
    internal float* Require(ReadOnlySpan<int> keys, int threads)
    {
        HashSet<int>? found = null;
        foreach (int key in keys)
        {
            if (!Volatile.Read(ref _known[key])) (found ??= []).Add(key);
        }
        if (found is not null) Compute([.. found], threads);
        return _values.Start;
    }

    private void Compute(int[] keys, int threads) =>
        Parts.Run(threads, keys.Length, KeysPerProduct, (_, start, end) =>
        {
            for (; start < end; start += KeysPerProduct) Compute(keys.AsSpan(start, Math.Min(KeysPerProduct, end - start)));
        });

    private void Compute(ReadOnlySpan<int> keys)
    {
        int dimensions = table.Dimensions;
        float[] vectors = ArrayPool<float>.Shared.Rent(keys.Length * dimensions), values = ArrayPool<float>.Shared.Rent(keys.Length * size);
        for (int i = 0; i < keys.Length; i++) table.Row(keys[i]).CopyTo(vectors.AsSpan(i * dimensions));
        compute(vectors.AsSpan(0, keys.Length * dimensions), keys.Length, values.AsSpan(0, keys.Length * size));

        // Not computed in place: another thread may be reading the same numbers already.
        for (int i = 0; i < keys.Length; i++)
        {
            values.AsSpan(i * size, size).CopyTo(new Span<float>(_values.Start + (nint)keys[i] * size, size));
            Volatile.Write(ref _known[keys[i]], true);
        }
        ArrayPool<float>.Shared.Return(vectors);
        ArrayPool<float>.Shared.Return(values);
    }
}
