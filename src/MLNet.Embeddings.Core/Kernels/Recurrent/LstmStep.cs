using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace MLNet.Embeddings;

/// <summary>A step of a long short-term memory in torch's form. Gates are in the order input, forget, cell, output.</summary>
/// <remarks>
/// Effectively computes i = σ(x_i + g_i), f = σ(x_f + g_f), u = tanh(x_u + g_u), o = σ(x_o + g_o), c' = f c + i u, h' = o tanh(c'), where x = W_ih e + b_ih and
/// g = W_hh h + b_hh (Hochreiter and Schmidhuber 1997, Neural Computation 9; the forget gate: Gers et al. 2000, Neural Computation 12), as torch.nn.LSTM
/// does. A state is h and, behind it, c. Kept are i, f, u and o.
/// </remarks>
internal readonly unsafe struct LstmStep : IRecurrentStep
{
    public static int Gates => 4;

    public static int States => 2;

    public static void Forward(float* input, float* recurrent, float* state, nint units) =>
        Elementwise<Next>.Run(new Next(input, recurrent, state, units), units);

    public static void Forward(float* input, float* recurrent, float* state, float* next, float* kept, nint units) =>
        Elementwise<NextAndKept>.Run(new NextAndKept(input, recurrent, state, next, kept, units), units);

    public static void Backward(float* kept, float* state, float* next, float* gradient, float* recurrent, float* sums, nint units) =>
        Elementwise<Previous>.Run(new Previous(kept, state + units, next + units, gradient, recurrent, sums, units), units);

    /// <summary>That of recurrent: both go into the gates as a sum.</summary>
    public static void AddInputGradient(ReadOnlySpan<float> kept, Span<float> sum, int units) => TensorPrimitives.Add(sum, kept, sum);

    /// <summary>The next state.</summary>
    internal readonly struct Next(float* input, float* recurrent, float* state, nint units) : IElementwise
    {
        private readonly float* _input = input, _recurrent = recurrent, _state = state;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(nint index) where TSimd : struct, ISimd<TVector> where TVector : struct
        {
            var gates = GateVectors<TSimd, TVector>.Of(_input + index, _recurrent + index, units);
            TVector cell = gates.Cell(TSimd.Load(_state + units + index));
            TSimd.Store(gates.Hidden(cell), _state + index);
            TSimd.Store(cell, _state + units + index);
        }
    }

    /// <summary>The next state, which is also kept, and the gates that made it.</summary>
    internal readonly struct NextAndKept(float* input, float* recurrent, float* state, float* next, float* kept, nint units) : IElementwise
    {
        private readonly float* _input = input, _recurrent = recurrent, _state = state, _next = next, _kept = kept;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(nint index) where TSimd : struct, ISimd<TVector> where TVector : struct
        {
            var gates = GateVectors<TSimd, TVector>.Of(_input + index, _recurrent + index, units);
            TVector cell = gates.Cell(TSimd.Load(_state + units + index)), hidden = gates.Hidden(cell);
            TSimd.Store(hidden, _state + index);
            TSimd.Store(cell, _state + units + index);
            TSimd.Store(hidden, _next + index);
            TSimd.Store(cell, _next + units + index);
            gates.Store(_kept + index, units);
        }
    }

    /// <summary>The gradients of the gates and of the cell state before; that of h before comes through W_hh alone.</summary>
    internal readonly struct Previous(float* kept, float* cell, float* nextCell, float* gradient, float* recurrent, float* sums, nint units) : IElementwise
    {
        private readonly float* _kept = kept, _cell = cell, _nextCell = nextCell, _gradient = gradient, _recurrent = recurrent, _sums = sums;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(nint index) where TSimd : struct, ISimd<TVector> where TVector : struct
        {
            var gates = GateVectors<TSimd, TVector>.Load(_kept + index, units);
            TVector gradient = TSimd.Load(_gradient + index), squashed = VectorMath<TSimd, TVector>.Tanh(TSimd.Load(_nextCell + index));
            TVector through = TSimd.Multiply(TSimd.Multiply(gradient, gates.Output), TSimd.Subtract(TSimd.Create(1f), TSimd.Multiply(squashed, squashed)));
            TVector cellGradient = TSimd.Add(TSimd.Load(_gradient + units + index), through);
            var gradients = gates.Gradients(TSimd.Multiply(gradient, squashed), cellGradient, TSimd.Load(_cell + index));
            gradients.Store(_kept + index, units);
            gradients.Store(_recurrent + index, units);
            gradients.AddTo(_sums + index, units);

            TSimd.Store(TSimd.Create(0f), _gradient + index);
            TSimd.Store(TSimd.Multiply(cellGradient, gates.Forget), _gradient + units + index);
        }
    }

    /// <summary>The gates of one vector of units, or the gradients of what goes into them.</summary>
    /// <param name="Input">i.</param>
    /// <param name="Forget">f.</param>
    /// <param name="Candidate">u.</param>
    /// <param name="Output">o.</param>
    private readonly record struct GateVectors<TSimd, TVector>(TVector Input, TVector Forget, TVector Candidate, TVector Output)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static GateVectors<TSimd, TVector> Of(float* input, float* recurrent, nint units) => new(
            VectorMath<TSimd, TVector>.Sigmoid(TSimd.Add(TSimd.Load(input), TSimd.Load(recurrent))),
            VectorMath<TSimd, TVector>.Sigmoid(TSimd.Add(TSimd.Load(input + units), TSimd.Load(recurrent + units))),
            VectorMath<TSimd, TVector>.Tanh(TSimd.Add(TSimd.Load(input + 2 * units), TSimd.Load(recurrent + 2 * units))),
            VectorMath<TSimd, TVector>.Sigmoid(TSimd.Add(TSimd.Load(input + 3 * units), TSimd.Load(recurrent + 3 * units))));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static GateVectors<TSimd, TVector> Load(float* source, nint units) =>
            new(TSimd.Load(source), TSimd.Load(source + units), TSimd.Load(source + 2 * units), TSimd.Load(source + 3 * units));

        /// <summary>c' = f c + i u.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Cell(TVector cell) => TSimd.MultiplyAdd(Forget, cell, TSimd.Multiply(Input, Candidate));

        /// <summary>h' = o tanh(c').</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Hidden(TVector cell) => TSimd.Multiply(Output, VectorMath<TSimd, TVector>.Tanh(cell));

        /// <summary>The gradients of what goes into the gates, of those of o and of the cell state that the gates made, and the cell state before it.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public GateVectors<TSimd, TVector> Gradients(TVector output, TVector cellGradient, TVector cell) => new(
            TSimd.Multiply(TSimd.Multiply(cellGradient, Candidate), Slope(Input)),
            TSimd.Multiply(TSimd.Multiply(cellGradient, cell), Slope(Forget)),
            TSimd.Multiply(TSimd.Multiply(cellGradient, Input), TSimd.Subtract(TSimd.Create(1f), TSimd.Multiply(Candidate, Candidate))),
            TSimd.Multiply(output, Slope(Output)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void AddTo(float* sums, nint units)
        {
            GateVectors<TSimd, TVector> held = Load(sums, units);
            new GateVectors<TSimd, TVector>(
                TSimd.Add(held.Input, Input), TSimd.Add(held.Forget, Forget),
                TSimd.Add(held.Candidate, Candidate), TSimd.Add(held.Output, Output)).Store(sums, units);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(float* destination, nint units)
        {
            TSimd.Store(Input, destination);
            TSimd.Store(Forget, destination + units);
            TSimd.Store(Candidate, destination + 2 * units);
            TSimd.Store(Output, destination + 3 * units);
        }

        /// <summary>σ' = σ (1 - σ).</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TVector Slope(TVector gate) => TSimd.Multiply(gate, TSimd.Subtract(TSimd.Create(1f), gate));
    }
}
