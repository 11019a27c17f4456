using System.Runtime.CompilerServices;

namespace MLNet.Embeddings;

/// <summary>Updates weights in place by Adam with decoupled weight decay.</summary>
/// <remarks>
/// Effectively computes w = w (1 - rate · decay), m = β₁ m + (1 - β₁) g, v = β₂ v + (1 - β₂) g²,
/// w = w - rate · m / (1 - β₁ᵗ) / (√(v / (1 - β₂ᵗ)) + ε): Loshchilov and Hutter, Decoupled Weight Decay Regularization,
/// arXiv 1711.05101, algorithm 2.
/// </remarks>
internal static unsafe class Adam
{
    /// <summary>Fewer values than this are not worth waking another thread for.</summary>
    private const int ValuesPerThread = 16_384;

    /// <summary>Updates a block of weights; all spans are equally long.</summary>
    public static void Update(
        Span<float> weights, ReadOnlySpan<float> gradients, Span<float> firstMoments, Span<float> secondMoments, in AdamStep step)
    {
        int length = weights.Length;
        fixed (float* weight = weights, gradient = gradients[..length], first = firstMoments[..length], second = secondMoments[..length])
        {
            var update = new BlockUpdate(new Rule(weight, gradient, first, second, new Coefficients(step)));
            Parts.Run(step.Threads, length, ValuesPerThread, update.Run);
        }
    }

    /// <summary>Updates the touched rows of a table (rows, dimensions); no row may be named twice.</summary>
    /// <param name="table">The weights, (rows, dimensions).</param>
    /// <param name="touched">The rows to update.</param>
    /// <param name="dimensions">The length of a row.</param>
    /// <param name="gradients">(touched, dimensions); empty if they are all zeros.</param>
    /// <param name="firstMoments">(rows, dimensions).</param>
    /// <param name="secondMoments">(rows, dimensions).</param>
    /// <param name="step">The settings.</param>
    public static void UpdateRows(
        Span<float> table, ReadOnlySpan<int> touched, int dimensions, ReadOnlySpan<float> gradients,
        Span<float> firstMoments, Span<float> secondMoments, in AdamStep step)
    {
        int rows = table.Length / dimensions;
        foreach (int row in touched)
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)rows, nameof(touched));

        fixed (int* row = touched)
        fixed (float* weight = table, gradient = gradients.IsEmpty ? gradients : gradients[..(touched.Length * dimensions)])
        fixed (float* first = firstMoments[..table.Length], second = secondMoments[..table.Length])
        {
            var update = new RowUpdate(row, dimensions, weight, gradient, first, second, new Coefficients(step));
            Parts.Run(step.Threads, touched.Length, Math.Max(1, ValuesPerThread / dimensions), update.Run);
        }
    }

    /// <summary>The update of parts of a block.</summary>
    private sealed class BlockUpdate(Rule rule)
    {
        public void Run(int part, int start, int end) => Elementwise<Rule>.Run(rule.From(start), end - start);
    }

    /// <summary>The update of some of the touched rows.</summary>
    private sealed class RowUpdate(
        int* touched, nint dimensions, float* table, float* gradients, float* firstMoments, float* secondMoments, Coefficients coefficients)
    {
        private readonly int* _touched = touched;
        private readonly float* _table = table;
        private readonly float* _gradients = gradients;
        private readonly float* _firstMoments = firstMoments;
        private readonly float* _secondMoments = secondMoments;

        public void Run(int part, int start, int end)
        {
            for (int i = start; i < end; i++)
            {
                nint offset = _touched[i] * dimensions;
                float* weights = _table + offset, first = _firstMoments + offset, second = _secondMoments + offset;
                if (_gradients is null)
                    Elementwise<RestRule>.Run(new RestRule(weights, first, second, coefficients), dimensions);
                else
                    Elementwise<Rule>.Run(new Rule(weights, _gradients + i * dimensions, first, second, coefficients), dimensions);
            }
        }
    }

    /// <summary>The numbers that are the same for all weights of an update.</summary>
    /// <remarks>Worked out in double precision, because 1 - β₂ᵗ cancels nearly all digits of a float in the first steps.</remarks>
    internal readonly struct Coefficients(in AdamStep step)
    {
        public readonly float Kept = (float)(1 - (double)step.LearningRate * step.WeightDecay);
        public readonly float Beta1 = step.Beta1;
        public readonly float Beta2 = step.Beta2;
        public readonly float Share1 = (float)(1 - (double)step.Beta1);
        public readonly float Share2 = (float)(1 - (double)step.Beta2);
        public readonly float Rate = (float)(-step.LearningRate / (1 - Math.Pow(step.Beta1, step.Step)));
        public readonly float RootScale = (float)(1 / Math.Sqrt(1 - Math.Pow(step.Beta2, step.Step)));
        public readonly float Epsilon = step.Epsilon;
        public readonly float GradientScale = step.GradientScale;

        /// <summary>Moves weights by their moments.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Move<TSimd, TVector>(float* weights, TVector first, TVector second) where TSimd : struct, ISimd<TVector> where TVector : struct
        {
            TVector root = TSimd.MultiplyAdd(TSimd.Sqrt(second), TSimd.Create(RootScale), TSimd.Create(Epsilon));
            TVector kept = TSimd.Multiply(TSimd.Load(weights), TSimd.Create(Kept));
            TSimd.Store(TSimd.MultiplyAdd(TSimd.Create(Rate), TSimd.Divide(first, root), kept), weights);
        }
    }

    /// <summary>Updates weights of equally long arrays.</summary>
    internal readonly struct Rule(float* weights, float* gradients, float* firstMoments, float* secondMoments, Coefficients coefficients)
        : IElementwise
    {
        private readonly float* _weights = weights;
        private readonly float* _gradients = gradients;
        private readonly float* _firstMoments = firstMoments;
        private readonly float* _secondMoments = secondMoments;

        /// <summary>The same update, of what begins at an index.</summary>
        public Rule From(nint index) => new(_weights + index, _gradients + index, _firstMoments + index, _secondMoments + index, coefficients);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(nint index) where TSimd : struct, ISimd<TVector> where TVector : struct
        {
            TVector gradient = TSimd.Multiply(TSimd.Load(_gradients + index), TSimd.Create(coefficients.GradientScale));
            TVector share1 = TSimd.Multiply(TSimd.Create(coefficients.Share1), gradient);
            TVector share2 = TSimd.Multiply(TSimd.Create(coefficients.Share2), TSimd.Multiply(gradient, gradient));
            TVector first = TSimd.MultiplyAdd(TSimd.Create(coefficients.Beta1), TSimd.Load(_firstMoments + index), share1);
            TVector second = TSimd.MultiplyAdd(TSimd.Create(coefficients.Beta2), TSimd.Load(_secondMoments + index), share2);
            TSimd.Store(first, _firstMoments + index);
            TSimd.Store(second, _secondMoments + index);
            coefficients.Move<TSimd, TVector>(_weights + index, first, second);
        }
    }

    /// <summary>Updates weights whose gradients are zeros.</summary>
    internal readonly struct RestRule(float* weights, float* firstMoments, float* secondMoments, Coefficients coefficients) : IElementwise
    {
        // Moments that only decay would end as subnormal numbers for good, which processors compute with slowly. To add this and take it off
        // again keeps them multiples of 2^-123, none of which is subnormal, and leaves all but the last digit of those that still move a weight.
        private const float Smallest = 1e-30f;

        private readonly float* _weights = weights;
        private readonly float* _firstMoments = firstMoments;
        private readonly float* _secondMoments = secondMoments;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(nint index) where TSimd : struct, ISimd<TVector> where TVector : struct
        {
            TVector smallest = TSimd.Create(Smallest);
            TVector first = TSimd.MultiplyAdd(TSimd.Create(coefficients.Beta1), TSimd.Load(_firstMoments + index), smallest);
            TVector second = TSimd.MultiplyAdd(TSimd.Create(coefficients.Beta2), TSimd.Load(_secondMoments + index), smallest);
            first = TSimd.Subtract(first, smallest);
            second = TSimd.Subtract(second, smallest);
            TSimd.Store(first, _firstMoments + index);
            TSimd.Store(second, _secondMoments + index);
            coefficients.Move<TSimd, TVector>(_weights + index, first, second);
        }
    }
}

/// <summary>The settings of one update by Adam.</summary>
/// <param name="LearningRate">The step size.</param>
/// <param name="Beta1">Decay of the mean of gradients, below 1.</param>
/// <param name="Beta2">Decay of the mean of squared gradients, below 1.</param>
/// <param name="Epsilon">Added to the root of that mean.</param>
/// <param name="WeightDecay">The share of the weights, times the learning rate, that is taken off before the step.</param>
/// <param name="Step">Which update this is, from 1 on.</param>
/// <param name="GradientScale">What the gradients are multiplied with first.</param>
/// <param name="Threads">How many threads may work; 0 for one a core.</param>
internal readonly record struct AdamStep(
    float LearningRate, float Beta1, float Beta2, float Epsilon, float WeightDecay, int Step, float GradientScale = 1, int Threads = 0);
