using System.Globalization;
using Microsoft.ML.Data;
using MLNet.Embeddings;
using ScottPlot;

namespace Microsoft.ML;

/// <summary>A picture of which classes are taken for which.</summary>
public static class ConfusionMatrixPlotExtensions
{
    private const int MostClasses = 30, MostCounts = 20, LongestName = 30;

    /// <summary>Draws a row for each true class, with how many of its rows were taken for each class; a darker cell is a larger share of its row.</summary>
    /// <param name="matrix">
    /// What to draw, with the names of classes that it has. Of more than 30 classes the 30 with most rows are drawn; counts stand in the cells of at most 20.
    /// </param>
    /// <param name="path">The file to write, or to replace; its extension says as what: .png or .svg.</param>
    /// <param name="options">Size and title; null for the defaults.</param>
    /// <example><code>
    /// mlContext.MulticlassClassification.Evaluate(scored).ConfusionMatrix.SavePlot("confusion.png");
    /// </code></example>
    /// <exception cref="ArgumentException">The extension is another one, the options are out of range, or no row was counted.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SavePlot(this ConfusionMatrix matrix, string path, PlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var counts = ConfusionCounts.Of(matrix);
        if (counts.Rows == 0)
            throw new ArgumentException("The matrix counts no rows, so there is nothing to draw; evaluate some that have a label.", nameof(matrix));
        Picture.Save(path, options, Title(counts), (plot, _) => Draw(plot, counts));
    }

    /// <summary>What the picture shows.</summary>
    internal static string Title(ConfusionCounts counts)
    {
        string some = counts.Classes.Count > MostClasses ? $": {MostClasses} of {counts.Classes.Count} classes" : "";
        return string.Create(CultureInfo.InvariantCulture, $"Classes of {counts.Rows:#,0} rows, {counts.Accuracy:P1} right{some}");
    }

    /// <summary>Draws the matrix.</summary>
    internal static void Draw(Plot plot, ConfusionCounts counts)
    {
        counts = counts.Largest(MostClasses);
        int classes = counts.Classes.Count;
        double[,] shares = new double[classes, classes];
        for (int i = 0; i < classes; i++)
            for (int j = 0; j < classes; j++) shares[i, j] = counts.Share(i, j);
        Cells.Draw(plot, shares, counts.Classes, counts.Classes, LongestName);
        plot.XLabel("Predicted class");
        plot.YLabel("True class");
        if (classes > MostCounts) return;

        for (int i = 0; i < classes; i++)
        {
            for (int j = 0; j < classes; j++)
            {
                var text = plot.Add.Text(counts.Counts[i][j].ToString("#,0", CultureInfo.InvariantCulture), j, -i);
                (text.LabelAlignment, text.LabelFontSize) = (Alignment.MiddleCenter, classes > MostCounts / 2 ? 11 : 14);
                text.LabelFontName = Picture.FontFor(text.LabelText);
            }
        }
    }
}
