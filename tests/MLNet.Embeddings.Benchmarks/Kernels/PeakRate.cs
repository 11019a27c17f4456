using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>The most floating-point operations a second that this machine can do: multiplications and additions fused, in registers alone.</summary>
internal static class PeakRate
{
    private const int Repeats = 10_000_000;

    /// <summary>Measures so many threads at once.</summary>
    internal static double OperationsPerSecond(int threads)
    {
        double[] operations = new double[threads];
        long start = Stopwatch.GetTimestamp();
        var others = Enumerable.Range(1, threads - 1).Select(thread => new Thread(() => operations[thread] = Run())).ToArray();
        foreach (var other in others) other.Start();
        operations[0] = Run();
        foreach (var other in others) other.Join();
        return operations.Sum() / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Run()
    {
        var kernel = new Kernel();
        Simd.Run(ref kernel);
        return kernel.Operations;
    }

    /// <summary>Twelve sums that do not wait for each other: enough for two units that take four cycles each.</summary>
    private struct Kernel : ISimdKernel
    {
        private const int Sums = 12;

        internal double Operations { get; private set; }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public unsafe void Run<TSimd, TVector>() where TSimd : struct, ISimd<TVector> where TVector : struct
        {
            TVector half = TSimd.Create(0.5f);
            TVector a = half, b = half, c = half, d = half, e = half, f = half, g = half, h = half, i = half, j = half, k = half, l = half;
            for (int repeat = 0; repeat < Repeats; repeat++)
            {
                a = TSimd.MultiplyAdd(a, half, half);
                b = TSimd.MultiplyAdd(b, half, half);
                c = TSimd.MultiplyAdd(c, half, half);
                d = TSimd.MultiplyAdd(d, half, half);
                e = TSimd.MultiplyAdd(e, half, half);
                f = TSimd.MultiplyAdd(f, half, half);
                g = TSimd.MultiplyAdd(g, half, half);
                h = TSimd.MultiplyAdd(h, half, half);
                i = TSimd.MultiplyAdd(i, half, half);
                j = TSimd.MultiplyAdd(j, half, half);
                k = TSimd.MultiplyAdd(k, half, half);
                l = TSimd.MultiplyAdd(l, half, half);
            }

            // Used, so that the compiler keeps them; without a loop, so that it keeps them in registers.
            TVector first = TSimd.Add(TSimd.Add(TSimd.Add(a, b), TSimd.Add(c, d)), TSimd.Add(e, f));
            TVector second = TSimd.Add(TSimd.Add(TSimd.Add(g, h), TSimd.Add(i, j)), TSimd.Add(k, l));
            float* values = stackalloc float[TSimd.Count];
            TSimd.Store(TSimd.Add(first, second), values);
            Operations = float.IsNaN(*values) ? 0 : 2.0 * Repeats * Sums * TSimd.Count;
        }
    }
}
