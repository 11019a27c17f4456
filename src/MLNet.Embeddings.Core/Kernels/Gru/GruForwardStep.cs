using System.Runtime.CompilerServices;

namespace MLNet.Embeddings;

/// <summary>A step of one row in training: the next state, which is also kept, and the gates that made it.</summary>
internal readonly unsafe struct GruForwardStep(
    float* input, float* recurrent, float* hidden, float* kept, float* gates, nint units) : IElementwise
{
    private readonly float* _input = input;
    private readonly float* _recurrent = recurrent;
    private readonly float* _hidden = hidden;
    private readonly float* _kept = kept;
    private readonly float* _gates = gates;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TSimd, TVector>(nint index) where TSimd : struct, ISimd<TVector> where TVector : struct
    {
        var gates = GruGates<TSimd, TVector>.Of(_input + index, _recurrent + index, units);
        TVector next = gates.Next(TSimd.Load(_hidden + index));
        TSimd.Store(next, _hidden + index);
        TSimd.Store(next, _kept + index);
        gates.Store(_gates + index, units);
    }
}
