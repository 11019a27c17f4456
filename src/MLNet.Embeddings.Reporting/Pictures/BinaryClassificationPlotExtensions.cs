using System.Globalization;
using Microsoft.ML.Data;
using MLNet.Embeddings;
using ScottPlot;

namespace Microsoft.ML;

/// <summary>Pictures of how well a model tells two classes apart, and of whether its probabilities are right.</summary>
public static class BinaryClassificationPlotExtensions
{
    private const double Gap = 0.001;

    /// <summary>
    /// Draws the ROC curve: for each threshold of the score, which share of the positive rows is found, above which share of the negative ones is taken for
    /// positive.
    /// </summary>
    /// <param name="catalog">The catalog that evaluates such models.</param>
    /// <param name="data">Rows that a model has scored. Those whose score is NaN are left out.</param>
    /// <param name="path">The file to write, or to replace; its extension says as what: .png or .svg.</param>
    /// <param name="labelColumnName">The column of true classes, of type Boolean.</param>
    /// <param name="scoreColumnName">The column of scores, of type Single; probabilities draw the same curve.</param>
    /// <param name="options">Size and title; null for the defaults.</param>
    /// <example><code>
    /// mlContext.BinaryClassification.SaveRocPlot(model.Transform(test), "roc.png", labelColumnName: "Recommended");
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// A column is missing or of another type, the rows are all of one class, the extension is another one, or the options are out of range.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveRocPlot(
        this BinaryClassificationCatalog catalog,
        IDataView data,
        string path,
        string labelColumnName = "Label",
        string scoreColumnName = "Score",
        PlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        var curve = RocCurve.Of(ScoredRows.Read<bool>(data, labelColumnName, BooleanDataViewType.Instance, scoreColumnName));
        Picture.Save(path, options, Title(curve), (plot, _) => Draw(plot, curve));
    }

    /// <summary>
    /// Draws, for the rows of about the same probability, what share of them is positive; the closer to the diagonal, the better the probabilities.
    /// </summary>
    /// <param name="catalog">The catalog that evaluates such models.</param>
    /// <param name="data">Rows that a model has scored, which are put into ten bins of equal width. Those whose probability is NaN are left out.</param>
    /// <param name="path">The file to write, or to replace; its extension says as what: .png or .svg.</param>
    /// <param name="labelColumnName">The column of true classes, of type Boolean.</param>
    /// <param name="probabilityColumnName">The column of probabilities, of type Single.</param>
    /// <param name="options">Size and title; null for the defaults.</param>
    /// <example><code>
    /// mlContext.BinaryClassification.SaveCalibrationPlot(model.Transform(test), "calibration.png", labelColumnName: "Recommended");
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// A column is missing or of another type, there is no row, a probability is not from 0 to 1, the extension is another one, or the options are out of
    /// range.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveCalibrationPlot(
        this BinaryClassificationCatalog catalog,
        IDataView data,
        string path,
        string labelColumnName = "Label",
        string probabilityColumnName = "Probability",
        PlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        var calibration = Calibration.Of(ScoredRows.Read<bool>(data, labelColumnName, BooleanDataViewType.Instance, probabilityColumnName));
        Picture.Save(path, options, Title(calibration), (plot, _) => Draw(plot, calibration));
    }

    /// <summary>What a curve shows.</summary>
    internal static string Title(RocCurve curve) => string.Create(CultureInfo.InvariantCulture, $"ROC curve of {curve.Rows:#,0} rows: area {curve.Area:F3}");

    /// <summary>What a calibration shows.</summary>
    internal static string Title(Calibration calibration) => string.Create(CultureInfo.InvariantCulture,
        $"Probabilities of {calibration.Rows:#,0} rows, off by {100 * calibration.Error:F1} points on average");

    /// <summary>Draws a curve, and that of guessing.</summary>
    internal static void Draw(Plot plot, RocCurve curve)
    {
        AddDiagonal(plot, "Guessing");
        var points = new List<Coordinates>();
        foreach (var point in curve.Points)
        {
            // Points that nobody could tell apart are left out, but for the last one.
            if (points.Count > 0 && point != curve.Points[^1] &&
                point.FalsePositiveRate - points[^1].X < Gap && point.TruePositiveRate - points[^1].Y < Gap) continue;
            points.Add(new(point.FalsePositiveRate, point.TruePositiveRate));
        }
        var line = plot.Add.ScatterLine(points, Picture.Blue);
        (line.LineWidth, line.LegendText) = (2.5f, "Model");
        Finish(plot, "False positives, share of the negative rows", "True positives, share of the positive rows");
    }

    /// <summary>Draws a calibration: a larger point for more rows.</summary>
    internal static void Draw(Plot plot, Calibration calibration)
    {
        AddDiagonal(plot, "Right probabilities");
        Coordinates[] points = [.. calibration.Bins.Select(bin => new Coordinates(bin.MeanProbability, bin.PositiveShare))];
        var line = plot.Add.ScatterLine(points, Picture.Blue);
        (line.LineWidth, line.LegendText) = (2.5f, "Model; a larger point is of more rows");
        foreach (var (bin, point) in calibration.Bins.Zip(points))
            plot.Add.Marker(point, MarkerShape.FilledCircle, size: 6 + 18 * (float)Math.Sqrt((double)bin.Rows / calibration.Rows), color: Picture.Blue);
        Finish(plot, "Probability that the model gives", "Share of positive rows");
    }

    private static void AddDiagonal(Plot plot, string legend)
    {
        var line = plot.Add.Line(0, 0, 1, 1);
        (line.LineColor, line.LineWidth, line.LegendText) = (Colors.Gray, 1.5f, legend); // SVG has no dashed lines
    }

    private static void Finish(Plot plot, string x, string y)
    {
        plot.XLabel(x);
        plot.YLabel(y);
        plot.Axes.SetLimits(-0.03, 1.03, -0.04, 1.04);
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.ShowLegend(Edge.Bottom);
    }
}
