using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>How the loss fell from epoch to epoch.</summary>
internal static class CurveSection
{
    internal static IReadOnlyList<object?> Of(ReportSubject subject)
    {
        if (!subject.IsNetwork) return Section.None("ML.NET's own trainers keep no losses of their epochs, so there is no curve to draw.");
        var history = subject.Model.History();
        if (history.Epochs.Count == 0) return Section.None("The model keeps no epochs, so there is no curve to draw.");
        string several = history.Networks.Count > 1 ? $" Each of the {history.Networks.Count} networks has a thin line." : "";
        string held = history.ValidationRows > 0
            ? "Where the orange line rises while the blue one falls, the model learns its rows by heart; the weights of the marked epoch are kept."
            : "No rows were held out, so that there is no line of validation rows.";
        return
        [
            Html.Figure("Loss by epoch", Html.Picture(plot => HistoryPlotExtensions.Draw(plot, history), 760, 400), held + several),
            Html.Details("The epochs as a table", Html.Table("Epochs", Headings(history), history.Epochs.Select(Row))),
        ];
    }

    private static IEnumerable<string> Headings(TrainingHistory history) =>
        ["Epoch", "Training loss", "Validation loss", .. history.Epochs[0].Metrics.Select(metric => metric.Name), "Seconds"];

    private static object?[] Row(EpochResult epoch) =>
    [
        Show.Count(epoch.Epoch), Show.Number(epoch.TrainingLoss), Show.Number(epoch.ValidationLoss ?? double.NaN),
        .. epoch.Metrics.Select(metric => Show.Number(metric.Value)), Show.Number(Math.Round(epoch.Duration.TotalSeconds, 2)),
    ];
}
