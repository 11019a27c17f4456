using System.Runtime.CompilerServices;

namespace MLNet.Embeddings;

/// <summary>Adds the product of rows and one panel to rows of the result, in tiles that fit the registers.</summary>
/// <remarks>Each element is summed in the order of the inputs, whatever the tile: a row's result does not depend on other rows.</remarks>
internal static unsafe class Tile<TRow> where TRow : struct, ITileRows<TRow, TRow>
{
    /// <summary>The highest tile.</summary>
    public const int MaxRows = 6;

    /// <summary>y (rows × panel) += x (rows × depth) · panel (depth × panelWidth).</summary>
    public static void MultiplyRows(LeftOperand x, int rows, float* panel, int panelWidth, int depth, float* y, nint yStride) =>
        Descend<TileStack<TRow, TRow, TRow>, TileStack<TRow, TRow, TileStack<TRow, TRow, TRow>>>(
            x, rows, panel, panelWidth, depth, y, yStride);

    /// <summary>The same for as many rows as the tile has; the panel's stride is what a row needs to load its weights.</summary>
    // A method of its own, so that inlining it elsewhere cannot use up the JIT's budget for inlining within it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Multiply<TRows>(LeftOperand x, float* panel, nint panelWidth, nint panelStride, nint depth, float* y, nint yStride)
        where TRows : struct, ITileRows<TRows, TRow>
    {
        float* factors = x.Start;
        nint rowStride = x.RowStride;
        nint depthStride = x.DepthStride;
        TRows sums = TRows.Load(y, yStride);
        for (; depth > 0; depth--)
        {
            TRow weights = TRow.Load(panel, panelStride);
            sums.MultiplyAdd(factors, rowStride, in weights);
            panel += panelWidth;
            factors += depthStride;
        }

        sums.Store(y, yStride);
    }

    private static void Descend<TTwo, TThree>(LeftOperand x, int rows, float* panel, int panelWidth, int depth, float* y, nint yStride)
        where TTwo : struct, ITileRows<TTwo, TRow>
        where TThree : struct, ITileRows<TThree, TRow>
    {
        for (int row = 0; row < rows;)
        {
            LeftOperand below = x.FromRow(row);
            float* result = y + row * yStride;
            switch (rows - row)
            {
                case 1:
                    Multiply<TRow>(below, panel, panelWidth, 0, depth, result, yStride);
                    row += 1;
                    break;
                case 2 or 4:
                    Multiply<TTwo>(below, panel, panelWidth, 0, depth, result, yStride);
                    row += 2;
                    break;
                case 3 or 5 or 7:
                    Multiply<TThree>(below, panel, panelWidth, 0, depth, result, yStride);
                    row += 3;
                    break;
                default:
                    Multiply<TileStack<TRow, TThree, TThree>>(below, panel, panelWidth, 0, depth, result, yStride);
                    row += MaxRows;
                    break;
            }
        }
    }
}

/// <summary>Rows of a product that stay in registers while a panel of the right operand passes by.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
/// <typeparam name="TRow">One such row, and as much of the panel.</typeparam>
internal unsafe interface ITileRows<TSelf, TRow> where TSelf : struct, ITileRows<TSelf, TRow> where TRow : struct
{
    /// <summary>How many rows.</summary>
    static abstract int Count { get; }

    /// <summary>Reads rows, each a stride after the one above.</summary>
    static abstract TSelf Load(float* source, nint stride);

    /// <summary>Adds to each row the weights times its factor; the factors lie a stride apart.</summary>
    void MultiplyAdd(float* factors, nint stride, in TRow weights);

    /// <summary>Writes the rows, each a stride after the one above.</summary>
    void Store(float* destination, nint stride);
}

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
