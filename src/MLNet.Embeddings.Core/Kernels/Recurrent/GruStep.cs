using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace MLNet.Embeddings;

/// <summary>A step of a gated recurrent unit in torch's form. Gates are in the order reset, update, new.</summary>
/// <remarks>
/// Effectively computes r = σ(x_r + g_r), z = σ(x_z + g_z), n = tanh(x_n + r · g_n), h' = (1 - z) n + z h, where x = W_ih e + b_ih and g = W_hh h + b_hh
/// (Cho et al., arXiv 1406.1078, with the reset gate applied after the product as in torch.nn.GRU). Kept are r, z, g_n and n.
/// </remarks>
internal readonly unsafe struct GruStep : IRecurrentStep
{
    public static int Gates => 3;

    public static int States => 1;

    public static void Forward(float* input, float* recurrent, float* state, nint units) =>
        Elementwise<Next>.Run(new Next(input, recurrent, state, units), units);

    public static void Forward(float* input, float* recurrent, float* state, float* next, float* kept, nint units) =>
        Elementwise<NextAndKept>.Run(new NextAndKept(input, recurrent, state, next, kept, units), units);

    public static void Backward(float* kept, float* state, float* next, float* gradient, float* recurrent, float* sums, nint units) =>
        Elementwise<Previous>.Run(new Previous(kept, state, gradient, recurrent, sums, units), units);

    /// <summary>That of r, z and n, leaving out that of g_n, which the input does not go into.</summary>
    public static void AddInputGradient(ReadOnlySpan<float> kept, Span<float> sum, int units)
    {
        Span<float> resetAndUpdate = sum[..(2 * units)], candidate = sum[(2 * units)..];
        TensorPrimitives.Add(resetAndUpdate, kept[..(2 * units)], resetAndUpdate);
        TensorPrimitives.Add(candidate, kept[(3 * units)..], candidate);
    }

    /// <summary>The next state.</summary>
    internal readonly struct Next(float* input, float* recurrent, float* state, nint units) : IElementwise
    {
        private readonly float* _input = input, _recurrent = recurrent, _state = state;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(nint index) where TSimd : struct, ISimd<TVector> where TVector : struct
        {
            var gates = GateVectors<TSimd, TVector>.Of(_input + index, _recurrent + index, units);
            TSimd.Store(gates.Next(TSimd.Load(_state + index)), _state + index);
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
            TVector next = gates.Next(TSimd.Load(_state + index));
            TSimd.Store(next, _state + index);
            TSimd.Store(next, _next + index);
            gates.Store(_kept + index, units);
        }
    }

    /// <summary>The gradients of the gates and, in part, of the state before.</summary>
    internal readonly struct Previous(float* kept, float* state, float* gradient, float* recurrent, float* sums, nint units) : IElementwise
    {
        private readonly float* _kept = kept, _state = state, _gradient = gradient, _recurrent = recurrent, _sums = sums;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(nint index) where TSimd : struct, ISimd<TVector> where TVector : struct
        {
            var gates = GateVectors<TSimd, TVector>.Load(_kept + index, units);
            TVector gradient = TSimd.Load(_gradient + index);
            var gradients = gates.Gradients(gradient, TSimd.Load(_state + index));
            gradients.Store(_kept + index, units);
            gradients.AddTo(_sums + index, units);

            TSimd.Store(gradients.Reset, _recurrent + index);
            TSimd.Store(gradients.Update, _recurrent + units + index);
            TSimd.Store(gradients.Recurrent, _recurrent + 2 * units + index);
            TSimd.Store(TSimd.Multiply(gradient, gates.Update), _gradient + index);
        }
    }

    /// <summary>The gates of one vector of units, or the gradients of what goes into them.</summary>
    /// <param name="Reset">r.</param>
    /// <param name="Update">z.</param>
    /// <param name="Recurrent">What the reset gate multiplies: g_n.</param>
    /// <param name="Candidate">n.</param>
    private readonly record struct GateVectors<TSimd, TVector>(TVector Reset, TVector Update, TVector Recurrent, TVector Candidate)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static GateVectors<TSimd, TVector> Of(float* input, float* recurrent, nint units)
        {
            TVector reset = VectorMath<TSimd, TVector>.Sigmoid(TSimd.Add(TSimd.Load(input), TSimd.Load(recurrent)));
            TVector update = VectorMath<TSimd, TVector>.Sigmoid(TSimd.Add(TSimd.Load(input + units), TSimd.Load(recurrent + units)));
            TVector product = TSimd.Load(recurrent + 2 * units);
            TVector candidate = VectorMath<TSimd, TVector>.Tanh(TSimd.MultiplyAdd(reset, product, TSimd.Load(input + 2 * units)));
            return new(reset, update, product, candidate);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static GateVectors<TSimd, TVector> Load(float* source, nint units) =>
            new(TSimd.Load(source), TSimd.Load(source + units), TSimd.Load(source + 2 * units), TSimd.Load(source + 3 * units));

        /// <summary>h' = n + z (h - n).</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Next(TVector state) => TSimd.MultiplyAdd(Update, TSimd.Subtract(state, Candidate), Candidate);

        /// <summary>The gradients of what goes into the gates, of that of the state they made and the state before it.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public GateVectors<TSimd, TVector> Gradients(TVector gradient, TVector state)
        {
            TVector one = TSimd.Create(1f);
            TVector fresh = TSimd.Multiply(gradient, TSimd.Subtract(one, Update));
            TVector update = TSimd.Multiply(TSimd.Multiply(fresh, Update), TSimd.Subtract(state, Candidate));
            TVector candidate = TSimd.Multiply(fresh, TSimd.Subtract(one, TSimd.Multiply(Candidate, Candidate)));
            TVector recurrent = TSimd.Multiply(candidate, Reset);
            TVector reset = TSimd.Multiply(TSimd.Multiply(recurrent, Recurrent), TSimd.Subtract(one, Reset));
            return new(reset, update, recurrent, candidate);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void AddTo(float* sums, nint units)
        {
            GateVectors<TSimd, TVector> held = Load(sums, units);
            new GateVectors<TSimd, TVector>(
                TSimd.Add(held.Reset, Reset), TSimd.Add(held.Update, Update),
                TSimd.Add(held.Recurrent, Recurrent), TSimd.Add(held.Candidate, Candidate)).Store(sums, units);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(float* destination, nint units)
        {
            TSimd.Store(Reset, destination);
            TSimd.Store(Update, destination + units);
            TSimd.Store(Recurrent, destination + 2 * units);
            TSimd.Store(Candidate, destination + 3 * units);
        }
    }
}
