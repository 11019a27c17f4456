using System.Runtime.CompilerServices;

namespace MLNet.Embeddings;

/// <summary>
/// One row of two panels at once, a stride apart in memory: a single row alone has too few sums to hide how long each multiplication takes.
/// </summary>
internal unsafe struct TilePair<TRow> : ITileRows<TilePair<TRow>, TilePair<TRow>> where TRow : struct, ITileRows<TRow, TRow>
{
    private TRow _left;
    private TRow _right;

    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TilePair<TRow> Load(float* source, nint stride) => new()
    {
        _left = TRow.Load(source, stride),
        _right = TRow.Load(source + stride, stride),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(float* factors, nint stride, in TilePair<TRow> weights)
    {
        _left.MultiplyAdd(factors, stride, in weights._left);
        _right.MultiplyAdd(factors, stride, in weights._right);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* destination, nint stride)
    {
        _left.Store(destination, stride);
        _right.Store(destination + stride, stride);
    }
}
