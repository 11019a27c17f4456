using Spectre.Console;

namespace MLNet.Embeddings.Tool;

/// <summary>Shows measures, those of a baseline beside them.</summary>
internal static class MeasureReport
{
    internal static void Print(Output output, IReadOnlyList<Measure> model, IReadOnlyList<Measure>? baseline)
    {
        var table = baseline is null ? output.Table("Measure", " Model", "Meaning") : output.Table("Measure", " Model", " Baseline", "Meaning");
        foreach (var (i, measure) in model.Index())
        {
            string value = Output.Number(measure.Value), meaning = $"[grey]{Markup.Escape(measure.Meaning)}[/]";
            if (baseline is null) table.AddRow(measure.Name, value, meaning);
            else
            {
                double other = baseline[i].Value;
                bool isBetter = measure.IsError ? measure.Value < other : measure.Value > other;
                string better = isBetter ? $"[bold]{value}[/]" : value, worse = isBetter ? Output.Number(other) : $"[bold]{Output.Number(other)}[/]";
                table.AddRow(measure.Name, better, worse, meaning);
            }
        }
        output.Result(table);
    }
}
