using ScottPlot;

namespace MLNet.Embeddings;

/// <summary>Draws shares as cells from no colour, nothing, to blue, all.</summary>
internal static class Cells
{
    /// <summary>Names in cells stay legible on it, dark ones on white paper and light ones on black.</summary>
    private const double Strongest = 0.55;

    /// <summary>Draws a cell for each share, the first row on top: that of row i and column j is around (j, -i).</summary>
    /// <param name="plot">Where to.</param>
    /// <param name="shares">From 0 to 1.</param>
    /// <param name="columns">Names of columns.</param>
    /// <param name="rows">Names of rows.</param>
    /// <param name="longest">Most letters of a name.</param>
    internal static void Draw(Plot plot, double[,] shares, IReadOnlyList<string> columns, IReadOnlyList<string> rows, int longest)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            for (int j = 0; j < columns.Count; j++)
            {
                var cell = plot.Add.Rectangle(j - 0.5, j + 0.5, -i - 0.5, -i + 0.5);
                cell.FillColor = shares[i, j] > 0 ? Picture.Blue.WithAlpha(Strongest * shares[i, j]) : Colors.Transparent;
                (cell.LineWidth, cell.LineColor) = (1, Colors.LightGray);
            }
        }
        Picture.NameTicks(plot.Axes.Left, rows, longest, isDownward: true);
        Picture.NameTicks(plot.Axes.Bottom, columns, longest);
        // Names that are too long for their cells are turned.
        if (columns.Any(name => name.Length > 80 / columns.Count))
        {
            (plot.Axes.Bottom.TickLabelStyle.Rotation, plot.Axes.Bottom.TickLabelStyle.Alignment) = (-45, Alignment.UpperRight);
            plot.Axes.Bottom.MinimumSize = 50 + 6 * Math.Min(longest, columns.Max(name => name.Length));
        }
        plot.Axes.SetLimits(-0.5, columns.Count - 0.5, 0.5 - rows.Count, 0.5);
        plot.HideGrid();
    }
}
