using ScottPlot;

namespace MLNet.Embeddings;

/// <summary>Predicted against true numbers.</summary>
internal static class TruthPicture
{
    internal static void Draw(Plot plot, Residuals residuals)
    {
        var rows = residuals.Rows;
        double least = rows.Min(row => Math.Min(row.Label, row.Score)), most = rows.Max(row => Math.Max(row.Label, row.Score));
        var line = plot.Add.Line(least, least, most, most);
        (line.LineColor, line.LineWidth) = (Colors.Gray, 1.5f);
        var dots = plot.Add.Markers(rows.Select(row => new Coordinates(row.Label, row.Score)).ToArray(), MarkerShape.FilledCircle, size: 5);
        dots.Color = Picture.Blue.WithAlpha(rows.Count > 500 ? 0.3 : 0.7);
        plot.XLabel("True");
        plot.YLabel("Predicted");
    }
}
