using System.Runtime.CompilerServices;

namespace MLNet.Embeddings;

/// <summary>The gates of one vector of units (see <see cref="GruCell"/>), or the gradients of what goes into them.</summary>
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

    /// <summary>What was stored, (4 · units).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static GruGates<TSimd, TVector> Load(float* source, nint units) =>
        new(TSimd.Load(source), TSimd.Load(source + units), TSimd.Load(source + 2 * units), TSimd.Load(source + 3 * units));

    /// <summary>h' = n + z (h - n).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Next(TVector hidden) => TSimd.MultiplyAdd(Update, TSimd.Subtract(hidden, Candidate), Candidate);

    /// <summary>The gradients of what goes into the gates, of that of the state they made and the state before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public GruGates<TSimd, TVector> Gradients(TVector gradient, TVector hidden)
    {
        TVector one = TSimd.Create(1f);
        TVector kept = TSimd.Multiply(gradient, TSimd.Subtract(one, Update));
        TVector update = TSimd.Multiply(TSimd.Multiply(kept, Update), TSimd.Subtract(hidden, Candidate));
        TVector candidate = TSimd.Multiply(kept, TSimd.Subtract(one, TSimd.Multiply(Candidate, Candidate)));
        TVector recurrent = TSimd.Multiply(candidate, Reset);
        TVector reset = TSimd.Multiply(TSimd.Multiply(recurrent, Recurrent), TSimd.Subtract(one, Reset));
        return new(reset, update, recurrent, candidate);
    }

    /// <summary>Adds to stored gates, (4 · units).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(float* sums, nint units)
    {
        GruGates<TSimd, TVector> held = Load(sums, units);
        new GruGates<TSimd, TVector>(
            TSimd.Add(held.Reset, Reset), TSimd.Add(held.Update, Update),
            TSimd.Add(held.Recurrent, Recurrent), TSimd.Add(held.Candidate, Candidate)).Store(sums, units);
    }

    /// <summary>Stores (4 · units).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* destination, nint units)
    {
        TSimd.Store(Reset, destination);
        TSimd.Store(Update, destination + units);
        TSimd.Store(Recurrent, destination + 2 * units);
        TSimd.Store(Candidate, destination + 3 * units);
    }
}
