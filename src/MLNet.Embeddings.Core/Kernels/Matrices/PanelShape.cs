using System.Numerics;

namespace MLNet.Embeddings;

/// <summary>The columns of a packed matrix that lie together: a number of vectors, each of a number of elements.</summary>
/// <param name="Count">Elements of a vector.</param>
/// <param name="Vectors">Vectors of a full panel.</param>
internal readonly record struct PanelShape(int Count, int Vectors)
{
    /// <summary>The shape for the widest vectors of this machine.</summary>
    public static PanelShape Widest { get; } = ForWidest();

    /// <summary>Columns of a full panel.</summary>
    public int Width => Count * Vectors;

    /// <summary>The shape for vectors of one width.</summary>
    public static PanelShape Of<TSimd, TVector>() where TSimd : struct, ISimd<TVector> where TVector : struct =>
        new(TSimd.Count, TSimd.PanelVectors);

    /// <summary>Columns set aside for a panel that holds so many: 1, 2 or 4 vectors, and no more than needed.</summary>
    public int WidthFor(int columns)
    {
        uint vectors = (uint)((columns + Count - 1) / Count);
        return Count * Math.Min(Vectors, (int)BitOperations.RoundUpToPowerOf2(vectors));
    }

    private static PanelShape ForWidest()
    {
        var kernel = new ShapeKernel();
        Simd.Run(ref kernel);
        return kernel.Shape;
    }

    private struct ShapeKernel : ISimdKernel
    {
        public PanelShape Shape { get; private set; }

        public void Run<TSimd, TVector>() where TSimd : struct, ISimd<TVector> where TVector : struct => Shape = Of<TSimd, TVector>();
    }
}
