using MLNet.Embeddings;
using Spectre.Console;

namespace Examples;

/// <summary>Prints how training went.</summary>
internal static class HistoryReport
{
    internal static void Print(TrainingHistory history)
    {
        string end = history.StopReason switch
        {
            StopReason.NoImprovement => "the validation loss got no better",
            StopReason.Cancelled => "cancelled",
            _ => "all epochs done",
        };
        double seconds = history.Epochs.Sum(epoch => epoch.Duration.TotalSeconds);
        string which = history.Networks.Count > 1 ? $"Network 1 of {history.Networks.Count}" : "The network";
        AnsiConsole.MarkupLineInterpolated(
            $"{which}: {history.Epochs.Count} epochs in {seconds:F1} s ({end}); epoch [bold]{history.BestEpoch}[/] is kept.");
        AnsiConsole.MarkupLineInterpolated($"Trained on {history.TrainingRows:N0} rows, validated on {history.ValidationRows:N0}.");
        if (history.HeldOutMetrics.Count == 0) return;
        string measures = string.Join(", ", history.HeldOutMetrics.Select(metric => $"{metric.Name} {metric.Value:F3}"));
        AnsiConsole.MarkupLineInterpolated($"The whole model on held-out rows, each scored by a network that was not trained on it: {measures}.");
    }
}
