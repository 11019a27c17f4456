using Spectre.Console;

namespace MLNet.Embeddings.Tool;

/// <summary>Shows measures.</summary>
internal static class MeasureReport
{
    /// <summary>The measures of a model, with what they say.</summary>
    internal static void Print(Output output, IReadOnlyList<Measure> model)
    {
        var table = output.Table("Measure", " Model", "Meaning");
        foreach (var measure in model) table.AddRow(measure.Name, Output.Number(measure.Value), $"[grey]{Markup.Escape(measure.Meaning)}[/]");
        output.Result(table);
    }

    /// <summary>The measures of a model and of the baseline, the better ones bold.</summary>
    internal static void Print(Output output, IReadOnlyList<Measure> model, IReadOnlyList<Measure> baseline)
    {
        var table = output.Table("Measure", " Model", " Baseline");
        foreach (var (measure, other) in model.Zip(baseline))
        {
            bool isBetter = measure.IsError ? measure.Value < other.Value : measure.Value > other.Value;
            string value = Output.Number(measure.Value), otherValue = Output.Number(other.Value);
            table.AddRow(measure.Name, isBetter ? $"[bold]{value}[/]" : value, isBetter ? otherValue : $"[bold]{otherValue}[/]");
        }
        output.Result(table);
    }
}
