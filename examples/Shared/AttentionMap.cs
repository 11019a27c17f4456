using ScottPlot;
using Spectre.Console;

namespace Examples;

/// <summary>Draws which tokens of its source an output attended to.</summary>
public static class AttentionMap
{
    private const int CellSize = 34, Margin = 170;

    /// <param name="source">The tokens of the source.</param>
    /// <param name="output">The tokens of the output.</param>
    /// <param name="attention">A share for each token of the source, for one token of the output after the other.</param>
    /// <param name="pictureFile">The PNG file to write.</param>
    public static void Save(IReadOnlyList<string> source, IReadOnlyList<string> output, float[] attention, string pictureFile)
    {
        double[,] shares = new double[output.Count, source.Count];
        for (int i = 0; i < attention.Length; i++) shares[i / source.Count, i % source.Count] = attention[i];

        using var plot = new Plot();
        var map = plot.Add.Heatmap(shares);
        map.Colormap = new ScottPlot.Colormaps.Blues().Reversed();
        map.ManualRange = new ScottPlot.Range(0, 1);
        plot.Font.Set("DejaVu Sans"); // or whatever font there is instead
        plot.Title("What each output character attended to", size: 18);
        plot.XLabel("Input", size: 15);
        plot.YLabel("Output", size: 15);
        // The first row of a map is at the top, where the axis ends.
        plot.Axes.Bottom.TickGenerator = Ticks(source);
        plot.Axes.Left.TickGenerator = Ticks([.. output.Reverse()]);
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = 16;
        plot.Axes.SetLimits(-0.5, source.Count - 0.5, -0.5, output.Count - 0.5);
        plot.Axes.Left.MinimumSize = 60;
        plot.Grid.IsVisible = false;

        var (width, height) = (Margin + CellSize * source.Count, Margin + CellSize * output.Count);
        plot.SavePng(pictureFile, width, height);
        AnsiConsole.WriteLine($"{pictureFile} ({width} × {height} pixels)");
    }

    private static ScottPlot.TickGenerators.NumericManual Ticks(IReadOnlyList<string> tokens) =>
        new([.. tokens.Select((_, i) => (double)i)], [.. tokens.Select(token => token == " " ? "␣" : token)]);
}
