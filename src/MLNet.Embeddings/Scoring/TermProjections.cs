using System.Buffers;

namespace MLNet.Embeddings;

/// <summary>What each term gives to the gates of a GRU: input weights times the term's vector, plus the input bias.</summary>
/// <remarks>
/// It does not depend on the sentence, so it is computed when a term is first met and kept. Several threads may compute a term at once: they write equal
/// numbers, and it counts as known when all of them are there.
/// </remarks>
internal sealed unsafe class TermProjections
{
    /// <summary>Terms that are computed together: enough for a matrix product.</summary>
    private const int TermsPerProduct = 96;

    private readonly TermTable _table;
    private readonly PackedMatrix _weights;
    private readonly float[] _bias;
    private readonly UntouchedFloats _projected;
    private readonly bool[] _known;

    internal TermProjections(SequenceShape shape, TrainedNetwork network)
    {
        _table = new TermTable(network.Weights[shape.Table].Values, shape.Dimensions);
        _weights = PackedMatrix.Of(network[shape.GruInputWeights], 3 * shape.OutputSize, shape.Dimensions);
        _bias = network.Weights[shape.GruInputBias].Values;
        _known = new bool[shape.KeyCount + 1];
        _projected = new UntouchedFloats((long)_known.Length * _weights.Outputs);
    }

    /// <summary>The projections of all terms, (terms, 3 × units), of which those are there that were required. Valid as long as this object is reachable.</summary>
    internal float* Start => _projected.Start;

    /// <summary>The projection of a term, 3 × units. Valid as long as this object is reachable.</summary>
    internal ReadOnlySpan<float> this[int key]
    {
        get
        {
            if (!Volatile.Read(ref _known[key])) Project([key]);
            return Row(key);
        }
    }

    /// <summary>Computes the projections of terms as far as they are not known, many at once.</summary>
    internal void Require(ReadOnlySpan<int> keys, int threads)
    {
        HashSet<int>? found = null;
        foreach (int key in keys)
        {
            if (!Volatile.Read(ref _known[key])) (found ??= []).Add(key);
        }
        if (found is not null) Project([.. found], threads);
    }

    private void Project(int[] keys, int threads) =>
        Parts.Run(threads, keys.Length, TermsPerProduct, (_, start, end) =>
        {
            for (; start < end; start += TermsPerProduct) Project(keys.AsSpan(start, Math.Min(TermsPerProduct, end - start)));
        });

    private void Project(ReadOnlySpan<int> keys)
    {
        int size = _weights.Outputs, dimensions = _weights.Inputs;
        float[] terms = ArrayPool<float>.Shared.Rent(keys.Length * dimensions), projections = ArrayPool<float>.Shared.Rent(keys.Length * size);
        for (int i = 0; i < keys.Length; i++) _table[keys[i]].CopyTo(terms.AsSpan(i * dimensions));
        MatrixProduct.Multiply(terms, keys.Length, _weights, _bias, projections);

        // Not computed in place: another thread may be reading the same numbers already.
        for (int i = 0; i < keys.Length; i++)
        {
            projections.AsSpan(i * size, size).CopyTo(Row(keys[i]));
            Volatile.Write(ref _known[keys[i]], true);
        }
        ArrayPool<float>.Shared.Return(terms);
        ArrayPool<float>.Shared.Return(projections);
    }

    private Span<float> Row(int key) => new(Start + (nint)key * _weights.Outputs, _weights.Outputs);
}
