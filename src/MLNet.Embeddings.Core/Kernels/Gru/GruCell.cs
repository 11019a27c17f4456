using System.Runtime.CompilerServices;

namespace MLNet.Embeddings;

/// <summary>A step of a gated recurrent unit in torch's form, for one row. Gates stand in the order reset, update, new.</summary>
/// <remarks>
/// Effectively computes r = σ(x_r + g_r), z = σ(x_z + g_z), n = tanh(x_n + r · g_n), h' = (1 - z) n + z h, where x is the projected input
/// and g = W_hh h + b_hh (Cho et al., arXiv 1406.1078, with the reset gate applied after the product as in torch.nn.GRU).
/// </remarks>
internal static unsafe class GruCell
{
    /// <summary>Replaces hidden (units) by the next state.</summary>
    /// <param name="projected">The input's projection and bias, (3 · units).</param>
    /// <param name="recurrentWeights">(3 · units, units).</param>
    /// <param name="recurrentBias">(3 · units).</param>
    /// <param name="hidden">The state, (units).</param>
    /// <param name="scratch">Room for at least 3 · units values.</param>
    public static void Step(
        ReadOnlySpan<float> projected, PackedMatrix recurrentWeights, ReadOnlySpan<float> recurrentBias,
        Span<float> hidden, Span<float> scratch)
    {
        MatrixProduct.Multiply(hidden, 1, recurrentWeights, recurrentBias, scratch);
        fixed (float* input = projected[..(3 * hidden.Length)], recurrent = scratch, state = hidden)
            Elementwise<NextState>.Run(new NextState(input, recurrent, state, hidden.Length), hidden.Length);
    }

    /// <summary>Replaces a state by the next one.</summary>
    internal readonly struct NextState(float* input, float* recurrent, float* hidden, nint units) : IElementwise
    {
        private readonly float* _input = input;
        private readonly float* _recurrent = recurrent;
        private readonly float* _hidden = hidden;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(nint index) where TSimd : struct, ISimd<TVector> where TVector : struct
        {
            var gates = GruGates<TSimd, TVector>.Of(_input + index, _recurrent + index, units);
            TSimd.Store(gates.Next(TSimd.Load(_hidden + index)), _hidden + index);
        }
    }
}
