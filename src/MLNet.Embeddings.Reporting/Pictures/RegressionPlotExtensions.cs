using System.Globalization;
using Microsoft.ML.Data;
using MLNet.Embeddings;
using ScottPlot;

namespace Microsoft.ML;

/// <summary>A picture of how far predicted numbers are off.</summary>
public static class RegressionPlotExtensions
{
    private const int MostPoints = 5_000;

    /// <summary>
    /// Draws how far each row's true number is above or below its prediction, over the prediction. Points that lie around zero everywhere are those of a good
    /// model; a bend or a slope says what it has not learned, a funnel that it is less sure of some numbers.
    /// </summary>
    /// <param name="catalog">The catalog that evaluates such models.</param>
    /// <param name="data">Rows that a model has scored; without those whose label or score is NaN. Of many, 5,000 at equal distances are drawn.</param>
    /// <param name="path">The file to write, or to replace; its extension says as what: .png or .svg.</param>
    /// <param name="labelColumnName">The column of true numbers, of type Single.</param>
    /// <param name="scoreColumnName">The column of predicted ones, of type Single.</param>
    /// <param name="options">Size and title; null for the defaults.</param>
    /// <example><code>
    /// mlContext.Regression.SaveResidualPlot(model.Transform(test), "residuals.png", labelColumnName: "Fare");
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// A column is missing or of another type, there is no row, the extension is another one, or the options are out of range.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveResidualPlot(
        this RegressionCatalog catalog,
        IDataView data,
        string path,
        string labelColumnName = "Label",
        string scoreColumnName = "Score",
        PlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        var residuals = new Residuals(ScoredRows.Read<float>(data, labelColumnName, NumberDataViewType.Single, scoreColumnName));
        Picture.Save(path, options, Title(residuals), (plot, _) => Draw(plot, residuals));
    }

    /// <summary>What the picture shows.</summary>
    internal static string Title(Residuals residuals) => string.Create(CultureInfo.InvariantCulture,
        $"Residuals of {residuals.Rows.Count:#,0} rows: root mean square {residuals.RootMeanSquare:G4}, mean {residuals.Mean:G3}");

    /// <summary>Draws the residuals.</summary>
    internal static void Draw(Plot plot, Residuals residuals)
    {
        int count = Math.Min(residuals.Rows.Count, MostPoints);
        var points = Enumerable.Range(0, count)
            .Select(i => residuals.Rows[(int)((long)i * residuals.Rows.Count / count)])
            .Select(row => new Coordinates(row.Score, (double)row.Label - row.Score));
        var dots = plot.Add.Markers(points.ToArray(), MarkerShape.FilledCircle, size: 5);
        dots.Color = Picture.Blue.WithAlpha(count > 500 ? 0.3 : 0.7);
        plot.Add.HorizontalLine(0, width: 1.5f, color: Colors.Black);
        plot.XLabel("Predicted");
        plot.YLabel("Residual: true minus predicted");
    }
}
