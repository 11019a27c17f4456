using System.Runtime.CompilerServices;

namespace MLNet.Embeddings;

/// <summary>One row of a tile: 1, 2 or 4 vectors beside each other.</summary>
internal unsafe struct TileRow<TSimd, TVector, TWidth> : ITileRows<TileRow<TSimd, TVector, TWidth>, TileRow<TSimd, TVector, TWidth>>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
    where TWidth : struct, ITileWidth
{
    private TVector _first;
    private TVector _second;
    private TVector _third;
    private TVector _fourth;

    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileRow<TSimd, TVector, TWidth> Load(float* source, nint stride)
    {
        TileRow<TSimd, TVector, TWidth> row = default;
        row._first = TSimd.Load(source);
        if (TWidth.Vectors > 1)
            row._second = TSimd.Load(source + TSimd.Count);
        if (TWidth.Vectors > 2)
        {
            row._third = TSimd.Load(source + 2 * TSimd.Count);
            row._fourth = TSimd.Load(source + 3 * TSimd.Count);
        }

        return row;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(float* factors, nint stride, in TileRow<TSimd, TVector, TWidth> weights)
    {
        TVector factor = TSimd.Create(*factors);
        _first = TSimd.MultiplyAdd(factor, weights._first, _first);
        if (TWidth.Vectors > 1)
            _second = TSimd.MultiplyAdd(factor, weights._second, _second);
        if (TWidth.Vectors > 2)
        {
            _third = TSimd.MultiplyAdd(factor, weights._third, _third);
            _fourth = TSimd.MultiplyAdd(factor, weights._fourth, _fourth);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* destination, nint stride)
    {
        TSimd.Store(_first, destination);
        if (TWidth.Vectors > 1)
            TSimd.Store(_second, destination + TSimd.Count);
        if (TWidth.Vectors > 2)
        {
            TSimd.Store(_third, destination + 2 * TSimd.Count);
            TSimd.Store(_fourth, destination + 3 * TSimd.Count);
        }
    }
}

/// <summary>How many vectors a row of a tile has, as a type, so that each width is compiled by itself.</summary>
internal interface ITileWidth
{
    /// <summary>1, 2 or 4.</summary>
    static abstract int Vectors { get; }

    /// <summary>One vector.</summary>
    readonly struct One : ITileWidth { public static int Vectors => 1; }

    /// <summary>Two vectors.</summary>
    readonly struct Two : ITileWidth { public static int Vectors => 2; }

    /// <summary>Four vectors.</summary>
    readonly struct Four : ITileWidth { public static int Vectors => 4; }
}
