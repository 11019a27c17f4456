using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MLNet.Embeddings;

/// <summary>Chooses the widest vectors that this machine has: the one place that asks. The answer is a constant to the JIT.</summary>
internal static class Simd
{
    /// <summary>Runs a kernel with the widest vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TKernel>(ref TKernel kernel) where TKernel : struct, ISimdKernel
    {
        if (Vector512.IsHardwareAccelerated)
            kernel.Run<Simd512, Vector512<float>>();
        else if (Vector256.IsHardwareAccelerated)
            kernel.Run<Simd256, Vector256<float>>();
        else if (Vector128.IsHardwareAccelerated)
            kernel.Run<Simd128, Vector128<float>>();
        else
            kernel.Run<SimdScalar, float>();
    }
}

/// <summary>A computation that is written once and compiled for each width of vectors.</summary>
internal interface ISimdKernel
{
    /// <summary>Runs with vectors of one width.</summary>
    void Run<TSimd, TVector>() where TSimd : struct, ISimd<TVector> where TVector : struct;
}
