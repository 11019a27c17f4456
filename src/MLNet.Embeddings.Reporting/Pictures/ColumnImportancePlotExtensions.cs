using System.Globalization;
using MLNet.Embeddings;
using ScottPlot;

namespace Microsoft.ML;

/// <summary>A picture of how much a model relies on its columns.</summary>
public static class ColumnImportancePlotExtensions
{
    private const int MostColumns = 30, LongestName = 40;

    /// <summary>Draws a bar for each column, the most important on top, with the standard deviation over the repeats.</summary>
    /// <param name="importances">What was measured. Of more than 30 columns the 30 most important are drawn.</param>
    /// <param name="path">The file to write, or to replace; its extension says as what: .png or .svg.</param>
    /// <param name="options">Size and title; null for the defaults.</param>
    /// <example><code>
    /// mlContext.ColumnImportance(model, test).SavePlot("importance.svg");
    /// </code></example>
    /// <exception cref="ArgumentException">The extension is another one, the options are out of range, or there is no column.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SavePlot(this ColumnImportances importances, string path, PlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(importances);
        if (importances.Columns.Count == 0)
            throw new ArgumentException("There are no columns, so there is nothing to draw; measure a model that reads some.", nameof(importances));
        string some = importances.Columns.Count > MostColumns ? $": {MostColumns} of {importances.Columns.Count} columns" : "";
        Picture.Save(path, options, $"What {importances.LabelColumnName} is predicted from{some}", (plot, _) => Draw(plot, importances));
    }

    internal static void Draw(Plot plot, ColumnImportances importances)
    {
        ColumnImportance[] columns = [.. importances.Columns.Take(MostColumns)];

        // The first bar is at the top, where the axis ends. A metric that is not defined, NaN, has a name and no bar.
        var bars = columns.Index().Where(column => double.IsFinite(column.Item.Mean)).Select(column => BarOf(column.Item, -column.Index));
        plot.Add.Bars(bars.ToArray()).Horizontal = true;
        plot.Add.VerticalLine(0, width: 1, color: Colors.Black);

        Picture.NameTicks(plot.Axes.Left, [.. columns.Select(column => column.Column)], LongestName, isDownward: true);
        plot.Axes.SetLimitsY(0.5 - columns.Length, 0.5);
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.XLabel(string.Create(CultureInfo.InvariantCulture, $"Worsening of {importances.Metric} by shuffling, from {importances.Value:#,0.####}"));
    }

    private static Bar BarOf(ColumnImportance column, double position) => new()
    {
        Position = position,
        Value = column.Mean,
        Error = column.Deviation,
        Size = 0.7,
        ErrorSize = 0.3,
        LineColor = Colors.Black,
        FillColor = Picture.Blue,
        LineWidth = 1,
    };
}
