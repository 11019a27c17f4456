using System.Runtime.CompilerServices;

namespace MLNet.Embeddings;

/// <summary>Weighted sums of rows of a matrix that are named by their numbers, forward and backward.</summary>
internal static unsafe class GatheredRows
{
    /// <summary>
    /// Sets a sum (width) to that of the named rows of values (rows, width), each times its weight; width here is a part of the rows' length.
    /// </summary>
    /// <param name="values">The matrix, from the first column that is wanted on.</param>
    /// <param name="stride">From a row to the next.</param>
    /// <param name="rows">The rows' numbers; a row may be named more than once.</param>
    /// <param name="weights">The first row's weight.</param>
    /// <param name="weightStride">From a row's weight to the next; 0 for one weight for all.</param>
    /// <param name="sum">Overwritten.</param>
    /// <param name="width">How many columns.</param>
    public static void Sum(float* values, nint stride, ReadOnlySpan<int> rows, float* weights, nint weightStride, float* sum, int width)
    {
        fixed (int* row = rows)
            Elementwise<SumOperation>.Run(new SumOperation(values, stride, row, rows.Length, weights, weightStride, sum), width);
    }

    /// <summary>Adds a row (width) times a weight to each of the named rows of sums (rows, width): the backward pass of <see cref="Sum"/>.</summary>
    /// <param name="added">What is added.</param>
    /// <param name="rows">The rows' numbers; a row may be named more than once.</param>
    /// <param name="weights">The first row's weight.</param>
    /// <param name="weightStride">From a row's weight to the next; 0 for one weight for all.</param>
    /// <param name="sums">The matrix, from the first column that is wanted on.</param>
    /// <param name="stride">From a row to the next.</param>
    /// <param name="width">How many columns.</param>
    public static void Scatter(float* added, ReadOnlySpan<int> rows, float* weights, nint weightStride, float* sums, nint stride, int width)
    {
        fixed (int* row = rows)
            Elementwise<ScatterOperation>.Run(new ScatterOperation(added, row, rows.Length, weights, weightStride, sums, stride), width);
    }

    /// <summary>See <see cref="Sum"/>.</summary>
    internal readonly struct SumOperation(float* values, nint stride, int* rows, nint count, float* weights, nint weightStride, float* sum) : IElementwise
    {
        private readonly float* _values = values;
        private readonly int* _rows = rows;
        private readonly float* _weights = weights;
        private readonly float* _sum = sum;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(nint index) where TSimd : struct, ISimd<TVector> where TVector : struct
        {
            TVector total = TSimd.Create(0f);
            float* weight = _weights;
            for (nint i = 0; i < count; i++)
            {
                total = TSimd.MultiplyAdd(TSimd.Create(*weight), TSimd.Load(_values + _rows[i] * stride + index), total);
                weight += weightStride;
            }

            TSimd.Store(total, _sum + index);
        }
    }

    /// <summary>See <see cref="Scatter"/>.</summary>
    internal readonly struct ScatterOperation(float* added, int* rows, nint count, float* weights, nint weightStride, float* sums, nint stride) : IElementwise
    {
        private readonly float* _added = added;
        private readonly int* _rows = rows;
        private readonly float* _weights = weights;
        private readonly float* _sums = sums;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(nint index) where TSimd : struct, ISimd<TVector> where TVector : struct
        {
            TVector row = TSimd.Load(_added + index);
            float* weight = _weights;
            for (nint i = 0; i < count; i++)
            {
                float* sum = _sums + _rows[i] * stride + index;
                TSimd.Store(TSimd.MultiplyAdd(TSimd.Create(*weight), row, TSimd.Load(sum)), sum);
                weight += weightStride;
            }
        }
    }
}

/// <summary>
/// Divides the columns of matrices among threads by whole cache lines: each thread writes its own, and results do not depend on the number of threads.
/// </summary>
internal static class ColumnParts
{
    private const int LineFloats = 16;

    /// <summary>Numbers that are worth a thread to treat them.</summary>
    private const long NumbersPerThread = 32_768;

    /// <summary>Runs the body for ranges that cover 0 to width.</summary>
    /// <param name="threads">The most ranges.</param>
    /// <param name="width">Number of columns.</param>
    /// <param name="rows">Rows of each column that there are to treat.</param>
    /// <param name="body">Gets the first column of a range and their number.</param>
    public static void Run(int threads, int width, int rows, Action<int, int> body)
    {
        int lines = (width + LineFloats - 1) / LineFloats, least = Parts.Least(lines, (long)rows * width, NumbersPerThread);
        if (threads == 1 || lines < 2 * least) body(0, width);
        else RunParallel(threads, width, lines, least, body);
    }

    // Apart, so that work for one thread allocates nothing.
    private static void RunParallel(int threads, int width, int lines, int least, Action<int, int> body) =>
        Parts.Run(threads, lines, least, (_, start, end) => body(start * LineFloats, Math.Min(end * LineFloats, width) - start * LineFloats));
}
