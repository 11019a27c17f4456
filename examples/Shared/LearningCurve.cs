using MLNet.Embeddings;
using ScottPlot;
using Spectre.Console;

namespace Examples;

/// <summary>Draws how training went: the losses in one panel, the validation metrics in the other, the kept epoch marked in both.</summary>
public static class LearningCurve
{
    private const int Width = 1200, Height = 480;

    /// <param name="history">What to draw.</param>
    /// <param name="title">What was learned.</param>
    /// <param name="lossUnit">What the loss is counted in.</param>
    /// <param name="pictureFile">The PNG file to write.</param>
    public static void Save(TrainingHistory history, string title, string lossUnit, string pictureFile)
    {
        using Plot losses = new(), metrics = new();
        DrawLosses(losses, history, $"{title}: loss", lossUnit);
        DrawMetrics(metrics, history, $"{title}: validation metrics");

        var panels = new Multiplot { Layout = new ScottPlot.MultiplotLayouts.Columns() };
        panels.RemovePlot(panels.GetPlot(0));
        panels.AddPlot(losses);
        panels.AddPlot(metrics);
        panels.SavePng(pictureFile, Width, Height);
        AnsiConsole.WriteLine($"{pictureFile} ({Width} × {Height} pixels)");
    }

    private static void DrawLosses(Plot plot, TrainingHistory history, string title, string lossUnit)
    {
        AddCurve(plot, "Training, with dropout", history.Epochs.Select(epoch => (epoch.Epoch, epoch.TrainingLoss)));
        AddCurve(
            plot, "Validation", history.Epochs.Where(epoch => epoch.ValidationLoss is not null).Select(epoch => (epoch.Epoch, epoch.ValidationLoss!.Value)));
        Finish(plot, history, title, $"Mean loss, {lossUnit}");
    }

    private static void DrawMetrics(Plot plot, TrainingHistory history, string title)
    {
        var values = history.Epochs.SelectMany(epoch => epoch.Metrics.Select(metric => (metric.Name, epoch.Epoch, metric.Value)));
        plot.Add.Palette = Palette.FromColors([Colors.Green, Colors.Purple]); // other colours than those of the losses
        // A perplexity, say, would leave no room for the others.
        foreach (var metric in values.GroupBy(value => value.Name).Where(metric => metric.All(value => value.Value is >= 0 and <= 1)))
            AddCurve(plot, metric.Key, metric.Select(value => (value.Epoch, value.Value)));
        Finish(plot, history, title, "Metric, from 0 to 1");
    }

    private static void AddCurve(Plot plot, string name, IEnumerable<(int Epoch, double Value)> points)
    {
        Coordinates[] places = [.. points.Select(point => new Coordinates(point.Epoch, point.Value))];
        var curve = plot.Add.Scatter(places);
        curve.LegendText = name;
        curve.LineWidth = 2.5f;
        curve.MarkerSize = places.Length > 40 ? 0 : 7;
    }

    private static void Finish(Plot plot, TrainingHistory history, string title, string unit)
    {
        var kept = plot.Add.VerticalLine(history.BestEpoch, color: Colors.Gray, pattern: LinePattern.Dashed);
        kept.LegendText = $"Kept: epoch {history.BestEpoch}";

        plot.Font.Set(PictureFont.Name);
        plot.Title(title, size: 18);
        plot.XLabel("Epoch", size: 15);
        plot.YLabel(unit, size: 15);
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = 13;
        plot.Axes.Bottom.MinorTickStyle.Length = 0;
        plot.Axes.Left.MinimumSize = 75;
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { TickDensity = 0.6 };
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.Legend.TightHorizontalWrapping = true;
        plot.Legend.FontSize = 14;
        plot.ShowLegend(Edge.Bottom);
    }
}
