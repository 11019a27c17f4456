using System.Runtime.CompilerServices;

namespace MLNet.Embeddings;

/// <summary>Functions of vectors, to about 1e-7 of the result. NaN stays NaN.</summary>
internal static class VectorMath<TSimd, TVector> where TSimd : struct, ISimd<TVector> where TVector : struct
{
    /// <summary>Effectively computes 1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid(TVector value)
    {
        TVector one = TSimd.Create(1f);
        TVector fraction = Exponential(TSimd.Subtract(TSimd.Create(0f), value), out TVector scale);
        return TSimd.Divide(one, TSimd.MultiplyAdd(scale, TSimd.Add(one, fraction), one));
    }

    /// <summary>Effectively computes (e²ˣ - 1) / (e²ˣ - 1 + 2), precise near 0 too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tanh(TVector value)
    {
        TVector twice = TSimd.Min(TSimd.Max(TSimd.Add(value, value), TSimd.Create(-40f)), TSimd.Create(40f));
        TVector fraction = Exponential(twice, out TVector scale);
        TVector minusOne = TSimd.MultiplyAdd(scale, fraction, TSimd.Subtract(scale, TSimd.Create(1f)));
        return TSimd.Divide(minusOne, TSimd.Add(minusOne, TSimd.Create(2f)));
    }

    /// <summary>eˣ = scale · (1 + the returned fraction). Infinite from 88.4 on; below -87 that of -87.</summary>
    /// <remarks>x = n ln 2 + r with whole n and |r| ≤ ln 2 / 2. The Taylor series of eʳ ends where its next term is below 6e-9.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Exponential(TVector value, out TVector scale)
    {
        value = TSimd.Min(TSimd.Max(value, TSimd.Create(-87f)), TSimd.Create(88.7f));
        TVector whole = TSimd.Round(TSimd.Multiply(value, TSimd.Create(1.442695041f)));
        scale = TSimd.PowerOfTwo(whole);

        // ln 2 in two parts: the first has few bits, so that its product with a whole number is exact.
        TVector rest = TSimd.MultiplyAdd(whole, TSimd.Create(-0.693359375f), value);
        rest = TSimd.MultiplyAdd(whole, TSimd.Create(2.12194440e-4f), rest);

        TVector series = TSimd.Create(1f / 5040);
        series = TSimd.MultiplyAdd(series, rest, TSimd.Create(1f / 720));
        series = TSimd.MultiplyAdd(series, rest, TSimd.Create(1f / 120));
        series = TSimd.MultiplyAdd(series, rest, TSimd.Create(1f / 24));
        series = TSimd.MultiplyAdd(series, rest, TSimd.Create(1f / 6));
        series = TSimd.MultiplyAdd(series, rest, TSimd.Create(1f / 2));
        return TSimd.MultiplyAdd(TSimd.Multiply(series, rest), rest, rest);
    }
}
