using Examples;
using Microsoft.ML.Data;

namespace TopicClassification;

/// <summary>Prints ML.NET's measures of predictions of one of many classes.</summary>
internal static class MulticlassReport
{
    internal static void Print(params Candidate<MulticlassClassificationMetrics>[] candidates)
    {
        // Rows are what is true, columns what was predicted.
        var counts = candidates[0].Metrics.ConfusionMatrix.Counts;
        double most = counts.Max(row => row.Sum()) / counts.Sum(row => row.Sum());

        MeasureTable.Print(candidates,
            ("Micro accuracy", model => model.MicroAccuracy, $"right decisions; always the most frequent area has {most:F4}"),
            ("Macro accuracy", model => model.MacroAccuracy, "the mean of the areas' own accuracies: rare ones count as much"),
            ("Log loss", model => model.LogLoss, "error of the probabilities in nats; best 0"));
    }
}
