namespace MLNet.Embeddings;

/// <summary>y (rows × outputs) += x (rows × depth) · the first inputs of a packed matrix, panel by panel.</summary>
internal readonly unsafe struct PanelKernel(LeftOperand x, int rows, PackedMatrix weights, int depth, float* y, nint yStride) : ISimdKernel
{
    private readonly LeftOperand _x = x;
    private readonly float* _y = y;

    public void Run<TSimd, TVector>() where TSimd : struct, ISimd<TVector> where TVector : struct
    {
        int panel = 0;
        if (rows == 1)
            panel = MultiplyPairs<TSimd, TVector>();
        for (; panel < weights.PanelCount; panel++)
        {
            switch (weights.PanelWidth(panel) / TSimd.Count)
            {
                case 1: Multiply<TileRow<TSimd, TVector, ITileWidth.One>>(panel); break;
                case 2: Multiply<TileRow<TSimd, TVector, ITileWidth.Two>>(panel); break;
                default: Multiply<TileRow<TSimd, TVector, ITileWidth.Four>>(panel); break;
            }
        }
    }

    /// <summary>One row times two full panels at once, as often as there are two; returns the first panel left.</summary>
    private int MultiplyPairs<TSimd, TVector>() where TSimd : struct, ISimd<TVector> where TVector : struct
    {
        int fullPanels = weights.Outputs / (TSimd.Count * TSimd.PanelVectors);
        int panel = 0;
        for (; panel + 2 <= fullPanels; panel += 2)
        {
            if (TSimd.PanelVectors == 4)
                MultiplyPair<TileRow<TSimd, TVector, ITileWidth.Four>>(panel);
            else
                MultiplyPair<TileRow<TSimd, TVector, ITileWidth.Two>>(panel);
        }

        return panel;
    }

    private void MultiplyPair<TRow>(int panel) where TRow : struct, ITileRows<TRow, TRow>
    {
        int width = weights.PanelWidth(panel);
        float* first = weights.Panel(panel);
        float* second = weights.Panel(panel + 1);
        float* result = _y + weights.FirstColumn(panel);
        Tile<TilePair<TRow>>.Multiply<TilePair<TRow>>(_x, first, width, (nint)(second - first), depth, result, width);
    }

    private void Multiply<TRow>(int panel) where TRow : struct, ITileRows<TRow, TRow>
    {
        float* start = weights.Panel(panel);
        float* result = _y + weights.FirstColumn(panel);
        int width = weights.PanelWidth(panel);
        int columns = weights.ColumnsOf(panel);
        if (columns == width)
        {
            Tile<TRow>.MultiplyRows(_x, rows, start, width, depth, result, yStride);
            return;
        }

        // The last vector reaches over the end of the rows, so whole rows of the panel go through memory of their own.
        float* edge = stackalloc float[Tile<TRow>.MaxRows * width];
        for (int row = 0; row < rows; row += Tile<TRow>.MaxRows)
        {
            int height = Math.Min(Tile<TRow>.MaxRows, rows - row);
            Copy(result + row * yStride, yStride, edge, width, height, columns);
            Tile<TRow>.MultiplyRows(_x.FromRow(row), height, start, width, depth, edge, width);
            Copy(edge, width, result + row * yStride, yStride, height, columns);
        }
    }

    private static void Copy(float* source, nint sourceStride, float* destination, nint destinationStride, int rows, int columns)
    {
        for (int row = 0; row < rows; row++)
        {
            var values = new ReadOnlySpan<float>(source + row * sourceStride, columns);
            values.CopyTo(new Span<float>(destination + row * destinationStride, columns));
        }
    }
}
