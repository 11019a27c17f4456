using Microsoft.ML.Data;
using Spectre.Console;

namespace Examples;

/// <summary>Prints ML.NET's measures of yes-or-no predictions.</summary>
public static class BinaryReport
{
    /// <param name="yes">What rows of the positive class are called.</param>
    /// <param name="no">What the others are called.</param>
    /// <param name="candidates">The models; the decisions of the first are counted.</param>
    public static void Print(string yes, string no, params Candidate<CalibratedBinaryClassificationMetrics>[] candidates)
    {
        // Rows are what is true, columns what was predicted; the positive class comes first.
        var metrics = candidates[0].Metrics;
        var counts = metrics.ConfusionMatrix.Counts;
        double yesShare = counts[0].Sum() / counts.Sum(row => row.Sum());

        MeasureTable.Print(candidates,
            ("Area under ROC curve", model => model.AreaUnderRocCurve, "how well the scores rank; by chance 0.5"),
            ("Area under PR curve", model => model.AreaUnderPrecisionRecallCurve, $"precision over all recalls; by chance {yesShare:F4}"),
            ("Accuracy", model => model.Accuracy, $"right decisions; always the same has {Math.Max(yesShare, 1 - yesShare):F4}"),
            ("F1 score", model => model.F1Score, "balance of precision and recall"),
            ("Log loss", model => model.LogLoss * Math.Log(2), "error of the probabilities in nats (ML.NET gives bits); best 0"));

        var confusion = Screen.Table(candidates[0].Name, " Predicted yes", " Predicted no", " Found");
        confusion.AddRow(yes, $"{counts[0][0]:N0}", $"{counts[0][1]:N0}", $"{metrics.PositiveRecall:P1}");
        confusion.AddRow(no, $"{counts[1][0]:N0}", $"{counts[1][1]:N0}", $"{metrics.NegativeRecall:P1}");
        AnsiConsole.Write(confusion);
    }
}
