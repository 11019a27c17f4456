using Spectre.Console;

namespace Examples;

/// <summary>Prints measures of one model, or of several side by side.</summary>
public static class MeasureTable
{
    /// <param name="candidates">The models, a column each.</param>
    /// <param name="measures">The measures, a row each.</param>
    public static void Print<TMetrics>(Candidate<TMetrics>[] candidates, params (string Name, Func<TMetrics, double> Of, string Meaning)[] measures)
    {
        var table = Screen.Table(["Measure", .. candidates.Select(candidate => $" {candidate.Name}"), "Meaning"]);
        foreach (var (name, of, meaning) in measures)
            table.AddRow([name, .. candidates.Select(candidate => $"{of(candidate.Metrics):F4}"), $"[grey]{meaning}[/]"]);
        table.AddRow(["Time to fit", .. candidates.Select(candidate => $"{candidate.FitTime.TotalSeconds:F1} s"), "[grey]from raw rows, in this run[/]"]);
        AnsiConsole.Write(table);
    }
}
