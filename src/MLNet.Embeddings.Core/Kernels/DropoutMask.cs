using System.Numerics;

namespace MLNet.Embeddings;

/// <summary>Zeroes a share of values at random and scales the others up, so that their sum is kept on average: Srivastava et al. 2014 (JMLR 15).</summary>
/// <remarks>
/// Whether a value is dropped is a hash of its index and a key, so that it neither depends on who computes it nor has to be stored for the backward pass. The
/// hash is Wellons's lowbias32 (Prospecting for Hash Functions, 2018), salted between its two products.
/// </remarks>
/// <param name="share">Share of the values to drop, from 0 to below 1.</param>
internal readonly struct DropoutMask(double share)
{
    private const uint Multiplier1 = 0x7FEB352D, Multiplier2 = 0x846CA68B;

    private readonly uint _threshold = (uint)(share * (1L << 32));
    private readonly float _scale = (float)(1 / (1 - share));

    /// <summary>Share of the values that are kept.</summary>
    internal float KeptShare => (float)(1 - share);

    /// <summary>Whether it drops nothing.</summary>
    internal bool IsEmpty => _threshold == 0;

    /// <summary>Multiplies values, or their gradients, by 0 or the scale, in place.</summary>
    /// <param name="values">The values.</param>
    /// <param name="first">Index of the first one.</param>
    /// <param name="key">The key, which each step and layer has of its own.</param>
    internal void Apply(Span<float> values, long first, ulong key)
    {
        if (IsEmpty) return;
        uint start = (uint)key + (uint)first, salt = (uint)(key >> 32);
        int i = 0;
        var (threshold, scale, step) = (new Vector<uint>(_threshold), new Vector<float>(_scale), new Vector<uint>((uint)Vector<uint>.Count));
        var index = Vector<uint>.Indices + new Vector<uint>(start);
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count, index += step)
        {
            var kept = Vector.GreaterThanOrEqual(Hash(index, salt), threshold);
            (Vector.ConditionalSelect(Vector.AsVectorSingle(kept), scale, Vector<float>.Zero) * new Vector<float>(values[i..])).CopyTo(values[i..]);
        }
        for (; i < values.Length; i++) values[i] *= Hash(start + (uint)i, salt) < _threshold ? 0 : _scale;
    }

    private static Vector<uint> Hash(Vector<uint> value, uint salt)
    {
        value ^= value >>> 16;
        value *= Multiplier1;
        value ^= (value >>> 15) ^ new Vector<uint>(salt);
        value *= Multiplier2;
        return value ^ value >>> 16;
    }

    private static uint Hash(uint value, uint salt)
    {
        value ^= value >> 16;
        value *= Multiplier1;
        value ^= (value >> 15) ^ salt;
        value *= Multiplier2;
        return value ^ value >> 16;
    }
}
