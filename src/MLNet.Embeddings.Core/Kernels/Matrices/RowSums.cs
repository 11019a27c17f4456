using System.Runtime.CompilerServices;

namespace MLNet.Embeddings;

/// <summary>Sums of a matrix's rows: products with a matrix of one row, which need no tiles.</summary>
internal static unsafe class RowSums
{
    /// <summary>Adds all rows (rows, columns) to sums (columns).</summary>
    public static void Add(ReadOnlySpan<float> values, int rows, Span<float> sums)
    {
        float one = 1;
        fixed (float* source = values[..(rows * sums.Length)], sum = sums)
            AddWeighted(&one, 0, source, sums.Length, rows, sum, sums.Length);
    }

    /// <summary>Adds to sums (columns) all rows, each times its weight.</summary>
    /// <param name="weights">The first row's weight.</param>
    /// <param name="weightStride">From a row's weight to the next.</param>
    /// <param name="values">The first row.</param>
    /// <param name="stride">From a row to the next.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="sums">What is added to.</param>
    /// <param name="columns">Length of a row.</param>
    public static void AddWeighted(float* weights, nint weightStride, float* values, nint stride, int rows, float* sums, int columns) =>
        Elementwise<WeightedSum>.Run(new WeightedSum(weights, weightStride, values, stride, rows, sums), columns);

    /// <summary>The sum over the rows at one position.</summary>
    internal readonly struct WeightedSum(float* weights, nint weightStride, float* values, nint stride, nint rows, float* sums) : IElementwise
    {
        private readonly float* _weights = weights;
        private readonly float* _values = values;
        private readonly float* _sums = sums;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(nint index) where TSimd : struct, ISimd<TVector> where TVector : struct
        {
            float* weight = _weights;
            float* value = _values + index;
            TVector sum = TSimd.Load(_sums + index);
            for (nint row = rows; row > 0; row--)
            {
                sum = TSimd.MultiplyAdd(TSimd.Create(*weight), TSimd.Load(value), sum);
                weight += weightStride;
                value += stride;
            }

            TSimd.Store(sum, _sums + index);
        }
    }
}
