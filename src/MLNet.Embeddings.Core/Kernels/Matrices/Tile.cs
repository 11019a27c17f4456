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
