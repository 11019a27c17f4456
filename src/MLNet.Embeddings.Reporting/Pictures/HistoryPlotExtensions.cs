using MLNet.Embeddings;
using ScottPlot;

namespace Microsoft.ML;

/// <summary>A picture of how training went.</summary>
public static class HistoryPlotExtensions
{
    private const int MostMarkers = 40;

    /// <summary>Draws the loss of the training and of the validation rows by epoch, and marks the epoch whose weights the model has.</summary>
    /// <param name="history">What to draw. Of a model of several networks each has thin lines.</param>
    /// <param name="path">The file to write, or to replace; its extension says as what: .png or .svg.</param>
    /// <param name="options">Size and title; null for the defaults.</param>
    /// <remarks>The training loss is measured while the weights change and with dropout, so that it may lie above that of the validation rows.</remarks>
    /// <example><code>
    /// model.History().SavePlot("training.png");
    /// </code></example>
    /// <exception cref="ArgumentException">The extension is another one, the options are out of range, or there is no epoch.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SavePlot(this TrainingHistory history, string path, PlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.Epochs.Count == 0)
            throw new ArgumentException("The history has no epochs, so there is nothing to draw; train for at least one.", nameof(history));
        string title = history.Networks.Count > 1 ? $"Training of {history.Networks.Count} networks" : "Training";
        Picture.Save(path, options, title, (plot, _) => Draw(plot, history));
    }

    internal static void Draw(Plot plot, TrainingHistory history)
    {
        var networks = history.Networks.Count > 1 ? history.Networks : [history];
        float width = networks.Count > 1 ? 1.25f : 2.5f;
        foreach (var (index, network) in networks.Index())
        {
            // The legend has a line for all networks together.
            string? Legend(string text) => index == 0 ? text : null;
            AddLine(plot, network.Epochs.Select(epoch => (epoch.Epoch, epoch.TrainingLoss)), Picture.Blue, width, Legend("Training"));
            AddLine(plot, network.Epochs.Select(epoch => (epoch.Epoch, epoch.ValidationLoss ?? double.NaN)), Picture.Orange, width, Legend("Validation"));
            AddKept(plot, network, width, Legend(networks.Count > 1 ? "Kept epochs" : $"Kept: epoch {network.BestEpoch}"));
        }

        plot.XLabel("Epoch");
        plot.YLabel("Mean loss");
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.Legend.TightHorizontalWrapping = true;
        plot.ShowLegend(Edge.Bottom);
    }

    private static void AddLine(Plot plot, IEnumerable<(int Epoch, double Loss)> losses, Color color, float width, string? legend)
    {
        Coordinates[] points = [.. losses.Where(loss => double.IsFinite(loss.Loss)).Select(loss => new Coordinates(loss.Epoch, loss.Loss))];
        if (points.Length == 0) return;
        var line = plot.Add.Scatter(points, color);
        line.LineWidth = width;
        line.MarkerSize = points.Length > MostMarkers ? 0 : 2 * width + 1;
        if (legend is not null) line.LegendText = legend;
    }

    private static void AddKept(Plot plot, TrainingHistory network, float width, string? legend)
    {
        if (network.Epochs.FirstOrDefault(epoch => epoch.Epoch == network.BestEpoch) is not { } best) return;
        double loss = best.ValidationLoss ?? best.TrainingLoss;
        if (!double.IsFinite(loss)) return;
        var mark = plot.Add.Marker(best.Epoch, loss, MarkerShape.OpenCircle, size: 9 + 2 * width, color: Colors.Black);
        mark.MarkerLineWidth = width;
        if (legend is not null) mark.LegendText = legend;
    }
}
