using Microsoft.ML.Data;
using Spectre.Console;

namespace ReviewRecommendation;

/// <summary>Prints ML.NET's measures of the predictions.</summary>
internal static class EvaluationReport
{
    internal static void Print(CalibratedBinaryClassificationMetrics metrics)
    {
        // Rows are what is true, columns what was predicted; the positive class comes first.
        var counts = metrics.ConfusionMatrix.Counts;
        double alwaysYes = counts[0].Sum() / counts.Sum(row => row.Sum());

        var measures = Screen.Table("Measure", " Value", "Meaning");
        measures.AddRow("Area under ROC curve", $"[bold]{metrics.AreaUnderRocCurve:F4}[/]", "[grey]how well the scores rank; by chance 0.5[/]");
        measures.AddRow("Area under PR curve", $"{metrics.AreaUnderPrecisionRecallCurve:F4}", $"[grey]precision over all recalls; by chance {alwaysYes:F4}[/]");
        measures.AddRow("Accuracy", $"{metrics.Accuracy:F4}", $"[grey]right decisions; always \"yes\" has {alwaysYes:F4}[/]");
        measures.AddRow("F1 score", $"{metrics.F1Score:F4}", "[grey]balance of precision and recall[/]");
        measures.AddRow("Log loss", $"{metrics.LogLoss:F4}", "[grey]error of the probabilities in bits; best 0[/]");
        AnsiConsole.Write(measures);

        var confusion = Screen.Table("", " Predicted yes", " Predicted no", " Found");
        confusion.AddRow("Recommended", $"{counts[0][0]:N0}", $"{counts[0][1]:N0}", $"{metrics.PositiveRecall:P1}");
        confusion.AddRow("Not recommended", $"{counts[1][0]:N0}", $"{counts[1][1]:N0}", $"{metrics.NegativeRecall:P1}");
        AnsiConsole.Write(confusion);
    }
}
