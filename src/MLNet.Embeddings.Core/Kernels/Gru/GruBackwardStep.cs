using System.Runtime.CompilerServices;

namespace MLNet.Embeddings;

/// <summary>A step back of one row: from the gradient of a state to those of its gates and, in part, of the state before.</summary>
/// <remarks>
/// What is left out of the gradient of the state before is its way through the recurrent product: recurrent (3 · units) times W_hh.
/// The derivatives are those of <see cref="GruCell"/>'s equations.
/// </remarks>
internal readonly unsafe struct GruBackwardStep(
    float* gates, float* previous, float* hiddenGradient, float* recurrent, float* biasSums, nint units) : IElementwise
{
    private readonly float* _gates = gates;
    private readonly float* _previous = previous;
    private readonly float* _hiddenGradient = hiddenGradient;
    private readonly float* _recurrent = recurrent;
    private readonly float* _biasSums = biasSums;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TSimd, TVector>(nint index) where TSimd : struct, ISimd<TVector> where TVector : struct
    {
        var gates = GruGates<TSimd, TVector>.Load(_gates + index, units);
        TVector gradient = TSimd.Load(_hiddenGradient + index);
        var gradients = gates.Gradients(gradient, TSimd.Load(_previous + index));
        gradients.Store(_gates + index, units);
        gradients.AddTo(_biasSums + index, units);

        TSimd.Store(gradients.Reset, _recurrent + index);
        TSimd.Store(gradients.Update, _recurrent + units + index);
        TSimd.Store(gradients.Recurrent, _recurrent + 2 * units + index);
        TSimd.Store(TSimd.Multiply(gradient, gates.Update), _hiddenGradient + index);
    }
}
