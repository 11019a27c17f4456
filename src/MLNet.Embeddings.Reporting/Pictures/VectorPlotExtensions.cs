using MLNet.Embeddings;
using ScottPlot;

namespace Microsoft.ML;

/// <summary>A picture of where vectors lie to each other.</summary>
public static class VectorPlotExtensions
{
    private const int MostPoints = 10_000, MostNames = 300, LongestName = 30;
    private const float PointSize = 5, Gap = 6, NameSize = 12;

    /// <summary>Draws a map of vectors: their first two principal components, both to one scale, with the names of terms beside their points.</summary>
    /// <param name="vectors">
    /// What to draw: the first 10,000 terms, which are a model's most frequent ones. Of the first 300 those are named that have room for it; the others are
    /// points.
    /// </param>
    /// <param name="path">The file to write, or to replace; its extension says as what: .png or .svg.</param>
    /// <param name="options">Size and title; null for the defaults.</param>
    /// <example><code>
    /// model.Vectors("City").SavePlot("cities.png");
    /// </code></example>
    /// <exception cref="ArgumentException">The extension is another one, the options are out of range, or there is no vector.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SavePlot(this EmbeddingVectors vectors, string path, PlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        if (vectors.Count == 0) throw new ArgumentException("There are no vectors, so there is nothing to draw; give at least one.", nameof(vectors));
        string some = vectors.Count > MostPoints ? $"the first {MostPoints} of " : "";
        Picture.Save(path, options, $"Map of {some}{vectors.Count} vectors", (plot, size) => Draw(plot, vectors, size));
    }

    private static void Draw(Plot plot, EmbeddingVectors vectors, PlotOptions size)
    {
        MapPoint[] points = [.. vectors.Map().Take(MostPoints)];
        var dots = plot.Add.Markers(Array.ConvertAll(points, PlaceOf), MarkerShape.FilledCircle, PointSize);
        dots.Color = Picture.Blue.WithAlpha(points.Length > MostNames ? 0.4 : 0.8);
        plot.XLabel("First principal component");
        plot.YLabel("Second principal component");
        foreach (var axis in plot.Axes.GetAxes()) axis.TickGenerator = new ScottPlot.TickGenerators.EmptyTickGenerator();
        plot.Axes.Margins(0.08, 0.05);
        plot.Axes.SquareUnits();

        // Where the points come to lie says which names have room.
        plot.RenderInMemory(size.Width, size.Height);
        AddNames(plot, points.AsSpan(0, Math.Min(points.Length, MostNames)));
    }

    private static void AddNames(Plot plot, ReadOnlySpan<MapPoint> points)
    {
        var room = new NameRoom(plot.RenderManager.LastRender.DataRect);
        foreach (var point in points) room.Take(new PixelRect(plot.GetPixel(PlaceOf(point)), PointSize / 2));
        using var paint = Paint.NewDisposablePaint();
        foreach (var point in points)
        {
            var text = plot.Add.Text(Picture.OneLine(point.Term, LongestName), PlaceOf(point));
            (text.LabelFontName, text.LabelFontSize, text.LabelAlignment) = (Picture.FontFor(text.LabelText), NameSize, Alignment.UpperLeft);
            var pixel = plot.GetPixel(text.Location);
            if (room.Find(pixel, text.LabelStyle.Measure(paint).Size, Gap) is { } place)
                (text.OffsetX, text.OffsetY) = (place.Left - pixel.X, place.Top - pixel.Y);
            else
                plot.Remove(text);
        }
    }

    private static Coordinates PlaceOf(MapPoint point) => new(point.X, point.Y);
}
