using System.Runtime.CompilerServices;

namespace MLNet.Embeddings;

/// <summary>Activation functions, in place.</summary>
internal static unsafe class Activation
{
    /// <summary>Effectively computes 1 / (1 + e⁻ˣ).</summary>
    public static void Sigmoid(Span<float> values) => Apply<SigmoidFunction>(values);

    /// <summary>The hyperbolic tangent.</summary>
    public static void Tanh(Span<float> values) => Apply<TanhFunction>(values);

    /// <summary>The larger of x and 0; NaN stays NaN.</summary>
    public static void Relu(Span<float> values) => Apply<ReluFunction>(values);

    /// <summary>Effectively computes x / (1 + e⁻ˣ).</summary>
    public static void Silu(Span<float> values) => Apply<SiluFunction>(values);

    private static void Apply<TFunction>(Span<float> values) where TFunction : struct, IVectorFunction
    {
        fixed (float* start = values)
            Elementwise<InPlace<TFunction>>.Run(new InPlace<TFunction>(start), values.Length);
    }

    /// <summary>Replaces values by their function.</summary>
    internal readonly struct InPlace<TFunction>(float* values) : IElementwise where TFunction : struct, IVectorFunction
    {
        private readonly float* _values = values;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(nint index) where TSimd : struct, ISimd<TVector> where TVector : struct =>
            TSimd.Store(TFunction.Apply<TSimd, TVector>(TSimd.Load(_values + index)), _values + index);
    }

    /// <summary>See <see cref="Sigmoid"/>.</summary>
    internal readonly struct SigmoidFunction : IVectorFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TSimd, TVector>(TVector value) where TSimd : struct, ISimd<TVector> where TVector : struct =>
            VectorMath<TSimd, TVector>.Sigmoid(value);
    }

    /// <summary>See <see cref="Tanh"/>.</summary>
    internal readonly struct TanhFunction : IVectorFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TSimd, TVector>(TVector value) where TSimd : struct, ISimd<TVector> where TVector : struct =>
            VectorMath<TSimd, TVector>.Tanh(value);
    }

    /// <summary>See <see cref="Silu"/>.</summary>
    internal readonly struct SiluFunction : IVectorFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TSimd, TVector>(TVector value) where TSimd : struct, ISimd<TVector> where TVector : struct =>
            TSimd.Multiply(value, VectorMath<TSimd, TVector>.Sigmoid(value));
    }

    /// <summary>See <see cref="Relu"/>.</summary>
    internal readonly struct ReluFunction : IVectorFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TSimd, TVector>(TVector value) where TSimd : struct, ISimd<TVector> where TVector : struct =>
            TSimd.Max(value, TSimd.Create(0f));
    }
}
