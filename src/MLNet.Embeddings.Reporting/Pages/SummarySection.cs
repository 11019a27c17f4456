using System.Globalization;
using System.Xml.Linq;
using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>What the model is and what it was trained on.</summary>
internal static class SummarySection
{
    internal static IReadOnlyList<object?> Of(ReportSubject subject)
    {
        TrainingHistory? history = subject.IsNetwork ? subject.Model.History() : null;
        (string Name, string Value)[] facts = [.. Facts(subject), .. history is null ? [] : Facts(history), .. Facts(subject.Network?.Settings)];
        return
        [
            new XElement("dl", facts.Select(fact => new XElement("div", new XElement("dt", fact.Name), new XElement("dd", fact.Value)))),
            history is { Warnings.Count: > 0 } ? Warnings(history.Warnings) : null,
            Html.Details("The model in full", Html.Scroll("The model in full", new XElement("pre", subject.Model.Summary().TrimEnd()))),
        ];
    }

    /// <summary>What is predicted, in a few words.</summary>
    internal static string Task(ScoreNames names, int classes) => names.Task switch
    {
        ReportTask.Binary => "one of two classes",
        ReportTask.Multiclass => $"one of {Show.Count(classes)} classes",
        ReportTask.Regression => "a number",
        ReportTask.Set => "a set of labels",
        _ => "a sequence",
    };

    private static IEnumerable<(string, string)> Facts(ReportSubject subject)
    {
        yield return ("Predicts", $"{subject.Names.Label}: {Task(subject.Names, subject.Rows.Classes.Count)}");
        long without = subject.Rows.Count - subject.Rows.Labelled;
        yield return ("Test rows", Show.Count(subject.Rows.Count) + (without > 0 ? $", of which {Show.Count(without)} have no known label" : ""));
    }

    private static IEnumerable<(string, string)> Facts(TrainingHistory history)
    {
        string skipped = history.SkippedRows > 0 ? $"; {Show.Count(history.SkippedRows)} without a label left out" : "";
        yield return ("Trained on", $"{Show.Count(history.TrainingRows, "row")}, {Show.Count(history.ValidationRows)} held out to choose the epoch{skipped}");
        yield return ("Epochs", $"{history.Epochs.Count}, of which number {history.BestEpoch} was kept; {Reason(history.StopReason)}");
    }

    private static string Reason(StopReason reason) => reason switch
    {
        StopReason.NoImprovement => "training ended as the held-out loss no longer fell",
        StopReason.Cancelled => "training was cancelled",
        _ => "training ended with the last epoch",
    };

    private static IEnumerable<(string, string)> Facts(MultiEmbeddingOptions? settings)
    {
        if (settings is null) yield break;
        if (settings.Columns.Count > 0)
        {
            var kinds = settings.Columns.GroupBy(Kind, column => column.Name);
            yield return ("Reads", string.Join("; ", kinds.Select(kind => $"{kind.Key} {string.Join(", ", kind)}")));
        }
        string wide = settings.Wide == true ? ", and a linear part" : "";
        yield return ("Effort", $"{settings.Effort}: {Show.Count(settings.Members ?? 1, "network")}{wide}");
        string layers = settings.HiddenUnits.Count == 0 ? "none" : string.Join(" and ", settings.HiddenUnits.Select(units => Show.Count(units)));
        yield return ("Hidden units", layers);
        string batch = settings.BatchSize is { } rows ? $", {Show.Count(rows)} rows a step" : "";
        yield return ("Learning rate", $"{settings.LearningRate.ToString("0.######", CultureInfo.InvariantCulture)}{batch}");
        if (settings.Seed is { } seed) yield return ("Seed", seed.ToString(CultureInfo.InvariantCulture));
    }

    private static XElement Warnings(IReadOnlyList<string> warnings) => new("div", Html.Class("warning"),
        new XElement("h3", warnings.Count == 1 ? "A warning of the training" : $"{warnings.Count} warnings of the training"),
        new XElement("ul", warnings.Select(warning => new XElement("li", warning))));

    private static string Kind(InputColumn column) => column switch
    {
        TextColumn => "text",
        DateColumn => "date",
        NumberColumn => "number",
        CategoryColumn => "category",
        BagColumn => "bag of values",
        SequenceColumn => "sequence",
        _ => column.GetType().Name,
    };
}
