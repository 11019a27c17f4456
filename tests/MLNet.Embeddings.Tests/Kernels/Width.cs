using System.Runtime.Intrinsics;

namespace MLNet.Embeddings.Tests;

/// <summary>A width of vectors, so that one machine tests them all: what it lacks runs in software.</summary>
internal static class Width
{
    public static PanelShape Shape(int bits) => bits switch
    {
        512 => PanelShape.Of<Simd512, Vector512<float>>(),
        256 => PanelShape.Of<Simd256, Vector256<float>>(),
        128 => PanelShape.Of<Simd128, Vector128<float>>(),
        _ => PanelShape.Of<SimdScalar, float>(),
    };

    public static void Run<TKernel>(int bits, TKernel kernel) where TKernel : struct, ISimdKernel
    {
        switch (bits)
        {
            case 512: kernel.Run<Simd512, Vector512<float>>(); break;
            case 256: kernel.Run<Simd256, Vector256<float>>(); break;
            case 128: kernel.Run<Simd128, Vector128<float>>(); break;
            default: kernel.Run<SimdScalar, float>(); break;
        }
    }
}
