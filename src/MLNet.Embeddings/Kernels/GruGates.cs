using System.Runtime.CompilerServices;

namespace MLNet.Embeddings;

/// <summary>The gates of one vector of units, see <see cref="GruCell"/>.</summary>
/// <param name="Reset">r.</param>
/// <param name="Update">z.</param>
/// <param name="Recurrent">What the reset gate multiplies: g_n.</param>
/// <param name="Candidate">n.</param>
internal readonly unsafe record struct GruGates<TSimd, TVector>(TVector Reset, TVector Update, TVector Recurrent, TVector Candidate)
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    /// <summary>Gates of the projected input and the recurrent part, each (3 · units).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static GruGates<TSimd, TVector> Of(float* input, float* recurrent, nint units)
    {
        TVector reset = VectorMath<TSimd, TVector>.Sigmoid(TSimd.Add(TSimd.Load(input), TSimd.Load(recurrent)));
        TVector update = VectorMath<TSimd, TVector>.Sigmoid(TSimd.Add(TSimd.Load(input + units), TSimd.Load(recurrent + units)));
        TVector product = TSimd.Load(recurrent + 2 * units);
        TVector candidate = VectorMath<TSimd, TVector>.Tanh(TSimd.MultiplyAdd(reset, product, TSimd.Load(input + 2 * units)));
        return new(reset, update, product, candidate);
    }

    /// <summary>h' = n + z (h - n).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Next(TVector hidden) => TSimd.MultiplyAdd(Update, TSimd.Subtract(hidden, Candidate), Candidate);
}
