using System.Buffers;

namespace MLNet.Embeddings;

/// <summary>Numbers that follow from a term's vector alone, and not from the sentence: computed when a term is first met, and kept.</summary>
/// <remarks>Several threads may compute a term at once: they write equal numbers, and it counts as known when all of them are there.</remarks>
/// <param name="table">The terms' vectors.</param>
/// <param name="keyCount">The last key.</param>
/// <param name="size">How many numbers a term has.</param>
internal abstract unsafe class TermValues(TermTable table, int keyCount, int size)
{
    /// <summary>Terms that are computed together: enough for a matrix product.</summary>
    private const int TermsPerProduct = 96;

    private readonly UntouchedFloats _values = new((keyCount + 1L) * size);
    private readonly bool[] _known = new bool[keyCount + 1];

    /// <summary>The numbers of all terms, (terms, size), of which those are there that were required. Valid as long as this object is reachable.</summary>
    internal float* Start => _values.Start;

    /// <summary>The numbers of a term. Valid as long as this object is reachable.</summary>
    internal ReadOnlySpan<float> this[int key]
    {
        get
        {
            if (!Volatile.Read(ref _known[key])) Compute([key]);
            return Row(key);
        }
    }

    /// <summary>Computes the numbers of terms as far as they are not known, many at once.</summary>
    internal void Require(ReadOnlySpan<int> keys, int threads)
    {
        HashSet<int>? found = null;
        foreach (int key in keys)
        {
            if (!Volatile.Read(ref _known[key])) (found ??= []).Add(key);
        }
        if (found is not null) Compute([.. found], threads);
    }

    /// <summary>Computes the numbers of terms; those of one do not depend on which others are computed with it.</summary>
    /// <param name="terms">The terms' vectors, (terms, dimensions).</param>
    /// <param name="count">How many terms.</param>
    /// <param name="values">Receives (terms, size).</param>
    private protected abstract void Compute(ReadOnlySpan<float> terms, int count, Span<float> values);

    private void Compute(int[] keys, int threads) =>
        Parts.Run(threads, keys.Length, TermsPerProduct, (_, start, end) =>
        {
            for (; start < end; start += TermsPerProduct) Compute(keys.AsSpan(start, Math.Min(TermsPerProduct, end - start)));
        });

    private void Compute(ReadOnlySpan<int> keys)
    {
        int dimensions = table.Dimensions;
        float[] terms = ArrayPool<float>.Shared.Rent(keys.Length * dimensions), values = ArrayPool<float>.Shared.Rent(keys.Length * size);
        for (int i = 0; i < keys.Length; i++) table[keys[i]].CopyTo(terms.AsSpan(i * dimensions));
        Compute(terms.AsSpan(0, keys.Length * dimensions), keys.Length, values.AsSpan(0, keys.Length * size));

        // Not computed in place: another thread may be reading the same numbers already.
        for (int i = 0; i < keys.Length; i++)
        {
            values.AsSpan(i * size, size).CopyTo(Row(keys[i]));
            Volatile.Write(ref _known[keys[i]], true);
        }
        ArrayPool<float>.Shared.Return(terms);
        ArrayPool<float>.Shared.Return(values);
    }

    private Span<float> Row(int key) => new(Start + (nint)key * size, size);
}
