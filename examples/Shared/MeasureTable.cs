using Microsoft.ML.Data;
using MLNet.Embeddings;
using Spectre.Console;

namespace Examples;

/// <summary>Prints measures of one model, or of several side by side.</summary>
public static class MeasureTable
{
    /// <param name="candidates">The models, a column each: name, measures on the test rows, and how long the fit took from raw rows.</param>
    public static void Print(params (string Name, CalibratedBinaryClassificationMetrics Metrics, TimeSpan Time)[] candidates) => Print(candidates,
        ("Area under ROC curve", model => model.AreaUnderRocCurve, "how well the scores rank; by chance 0.5"),
        ("Accuracy", model => model.Accuracy, "right decisions"),
        ("F1 score", model => model.F1Score, "balance of precision and recall"),
        ("Log loss", model => model.LogLoss * Math.Log(2), "error of the probabilities in nats (ML.NET gives bits); best 0"));

    /// <inheritdoc cref="Print(ValueTuple{string, CalibratedBinaryClassificationMetrics, TimeSpan}[])"/>
    public static void Print(params (string Name, MulticlassClassificationMetrics Metrics, TimeSpan Time)[] candidates) => Print(candidates,
        ("Micro accuracy", model => model.MicroAccuracy, "right decisions"),
        ("Macro accuracy", model => model.MacroAccuracy, "the mean of the classes' own accuracies: rare ones count as much"),
        ("Log loss", model => model.LogLoss, "error of the probabilities in nats; best 0"));

    /// <inheritdoc cref="Print(ValueTuple{string, CalibratedBinaryClassificationMetrics, TimeSpan}[])"/>
    public static void Print(params (string Name, SequenceMetrics Metrics, TimeSpan Time)[] candidates) => Print(candidates,
        ("Exact match", all => all.ExactMatch, "share of outputs that are right from end to end"),
        ("Error rate", all => all.TokenErrorRate, "changes that an output needs, for each token of the right one"),
        ("Token accuracy", all => all.TokenAccuracy, "share of the right tokens that stand in their place"),
        ("Perplexity", all => all.Perplexity, "how many tokens the network wavers between"));

    private static void Print<TMetrics>(
        (string Name, TMetrics Metrics, TimeSpan Time)[] candidates, params (string Name, Func<TMetrics, double> Of, string Meaning)[] measures)
    {
        Screen.Heading("Evaluation on the test rows");
        var table = Screen.Table(["Measure", .. candidates.Select(candidate => $" {candidate.Name}"), "Meaning"]);
        foreach (var (name, of, meaning) in measures)
            table.AddRow([name, .. candidates.Select(candidate => $"{of(candidate.Metrics):F4}"), $"[grey]{meaning}[/]"]);
        table.AddRow(["Time to fit", .. candidates.Select(candidate => $"{candidate.Time.TotalSeconds:F1} s"), "[grey]from raw rows, in this run[/]"]);
        AnsiConsole.Write(table);
    }
}
