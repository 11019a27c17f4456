using System.Runtime.CompilerServices;

namespace MLNet.Embeddings;

/// <summary>Rows of a tile above other rows of it: tiles of any height are built of these.</summary>
internal unsafe struct TileStack<TRow, TUpper, TLower> : ITileRows<TileStack<TRow, TUpper, TLower>, TRow>
    where TRow : struct
    where TUpper : struct, ITileRows<TUpper, TRow>
    where TLower : struct, ITileRows<TLower, TRow>
{
    private TUpper _upper;
    private TLower _lower;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TUpper.Count + TLower.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileStack<TRow, TUpper, TLower> Load(float* source, nint stride) => new()
    {
        _upper = TUpper.Load(source, stride),
        _lower = TLower.Load(source + TUpper.Count * stride, stride),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(float* factors, nint stride, in TRow weights)
    {
        _upper.MultiplyAdd(factors, stride, in weights);
        _lower.MultiplyAdd(factors + TUpper.Count * stride, stride, in weights);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* destination, nint stride)
    {
        _upper.Store(destination, stride);
        _lower.Store(destination + TUpper.Count * stride, stride);
    }
}
