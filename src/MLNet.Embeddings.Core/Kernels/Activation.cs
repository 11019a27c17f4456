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

/// <summary>Multiplies gradients by the derivatives of activation functions.</summary>
internal static unsafe class ActivationGradient
{
    /// <summary>Of relu: gradients pass where the value is above 0. In place.</summary>
    public static void Relu(Span<float> gradients, ReadOnlySpan<float> values) => Apply<ReluDerivative>(gradients, values, gradients, 1);

    /// <summary>Of tanh: 1 - y² for its value y. In place.</summary>
    /// <param name="gradients">The gradients.</param>
    /// <param name="values">The values.</param>
    /// <param name="scale">What the values are multiplied with to be those of the function.</param>
    public static void Tanh(Span<float> gradients, ReadOnlySpan<float> values, float scale = 1) => Apply<TanhDerivative>(gradients, values, gradients, scale);

    /// <summary>Of the sigmoid: y (1 - y) for its value y. In place.</summary>
    /// <inheritdoc cref="Tanh" path="/param"/>
    public static void Sigmoid(Span<float> gradients, ReadOnlySpan<float> values, float scale = 1) =>
        Apply<SigmoidDerivative>(gradients, values, gradients, scale);

    /// <summary>Of silu: s (1 + x (1 - s)) for its argument x with s = 1 / (1 + e⁻ˣ).</summary>
    /// <param name="gradients">The gradients by the function's values.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="results">Receives the gradients by the arguments.</param>
    public static void Silu(ReadOnlySpan<float> gradients, ReadOnlySpan<float> arguments, Span<float> results) =>
        Apply<SiluDerivative>(gradients, arguments, results, 1);

    private static void Apply<TDerivative>(ReadOnlySpan<float> gradients, ReadOnlySpan<float> values, Span<float> results, float scale)
        where TDerivative : struct, IVectorFunction
    {
        fixed (float* gradient = gradients, value = values[..gradients.Length], result = results[..gradients.Length])
            Elementwise<Product<TDerivative>>.Run(new Product<TDerivative>(gradient, value, result, scale), gradients.Length);
    }

    /// <summary>Gradients times derivatives.</summary>
    internal readonly struct Product<TDerivative>(float* gradients, float* values, float* results, float scale) : IElementwise
        where TDerivative : struct, IVectorFunction
    {
        private readonly float* _gradients = gradients;
        private readonly float* _values = values;
        private readonly float* _results = results;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(nint index) where TSimd : struct, ISimd<TVector> where TVector : struct
        {
            TVector value = TSimd.Multiply(TSimd.Load(_values + index), TSimd.Create(scale));
            TSimd.Store(TSimd.Multiply(TSimd.Load(_gradients + index), TDerivative.Apply<TSimd, TVector>(value)), _results + index);
        }
    }

    /// <summary>See <see cref="ActivationGradient.Relu"/>.</summary>
    internal readonly struct ReluDerivative : IVectorFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TSimd, TVector>(TVector value) where TSimd : struct, ISimd<TVector> where TVector : struct => TSimd.IsPositive(value);
    }

    /// <summary>See <see cref="ActivationGradient.Tanh"/>.</summary>
    internal readonly struct TanhDerivative : IVectorFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TSimd, TVector>(TVector value) where TSimd : struct, ISimd<TVector> where TVector : struct =>
            TSimd.Subtract(TSimd.Create(1f), TSimd.Multiply(value, value));
    }

    /// <summary>See <see cref="ActivationGradient.Sigmoid"/>.</summary>
    internal readonly struct SigmoidDerivative : IVectorFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TSimd, TVector>(TVector value) where TSimd : struct, ISimd<TVector> where TVector : struct =>
            TSimd.Multiply(value, TSimd.Subtract(TSimd.Create(1f), value));
    }

    /// <summary>See <see cref="ActivationGradient.Silu"/>.</summary>
    internal readonly struct SiluDerivative : IVectorFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Apply<TSimd, TVector>(TVector value) where TSimd : struct, ISimd<TVector> where TVector : struct
        {
            TVector one = TSimd.Create(1f), sigmoid = VectorMath<TSimd, TVector>.Sigmoid(value);
            return TSimd.Multiply(sigmoid, TSimd.MultiplyAdd(value, TSimd.Subtract(one, sigmoid), one));
        }
    }
}
