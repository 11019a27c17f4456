using System.Runtime.CompilerServices;

namespace MLNet.Embeddings;

/// <summary>Runs a computation over all positions of arrays: by whole vectors, and what is left one by one.</summary>
internal readonly struct Elementwise<TOperation>(TOperation operation, nint count) : ISimdKernel where TOperation : struct, IElementwise
{
    private readonly TOperation _operation = operation;

    /// <summary>Runs with the widest vectors of this machine.</summary>
    public static void Run(TOperation operation, nint count)
    {
        var kernel = new Elementwise<TOperation>(operation, count);
        Simd.Run(ref kernel);
    }

    // A method of its own, so that inlining it elsewhere cannot use up the JIT's budget for inlining within it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Run<TSimd, TVector>() where TSimd : struct, ISimd<TVector> where TVector : struct
    {
        TOperation operation = _operation;
        nint index = 0;
        for (; index + TSimd.Count <= count; index += TSimd.Count)
            operation.At<TSimd, TVector>(index);
        for (; index < count; index++)
            operation.At<SimdScalar, float>(index);
    }
}

/// <summary>A computation on equally long arrays that treats each position by itself.</summary>
internal interface IElementwise
{
    /// <summary>Computes the positions of one vector, beginning at an index.</summary>
    void At<TSimd, TVector>(nint index) where TSimd : struct, ISimd<TVector> where TVector : struct;
}

/// <summary>A function of one number, as a type, so that each is compiled into its loop.</summary>
internal interface IVectorFunction
{
    /// <summary>The function of each element.</summary>
    static abstract TVector Apply<TSimd, TVector>(TVector value) where TSimd : struct, ISimd<TVector> where TVector : struct;
}
