using System.Xml.Linq;
using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>The rows that are predicted worst, each with what its prediction comes from.</summary>
internal static class WorstSection
{
    internal static IReadOnlyList<object?> Of(ReportSubject subject)
    {
        if (subject.Names.Task == ReportTask.Sequence) return Section.None("Outputs of an encoder-decoder are not explained by columns, so no rows are shown.");
        if (subject.Options.WorstRows == 0) return Section.None("The options of the report ask for no rows.");
        var worst = subject.Rows.Worst;
        if (worst.Count == 0) return Section.None($"All {Show.Count(subject.Rows.Labelled, "row")} are predicted right.");
        var picked = new PickedRows(subject.Data, [.. worst.Select(row => row.Position).Order()]);
        IEnumerable<XElement> reasons = subject.Network is null ? RowValues.Of(picked) : Explain(subject, picked);
        var reasonOf = worst.OrderBy(row => row.Position).Zip(reasons).ToDictionary(pair => pair.First.Position, pair => pair.Second);
        return
        [
            Html.Paragraph(subject.Network is null
                ? "The rows are shown as they are: what a prediction comes from is known of models of MultiEmbedding only."
                : "The bars say what each column added to the score, and words are marked by what they added. What counts is how the row differs from one of " +
                  "missing categories, empty texts and numbers in the middle."),
            subject.Network is null ? null : ExplanationPart.Legend(),
            new XElement("ol", Html.Class("worst"), worst.Select(row => new XElement("li", Heading(row), reasonOf[row.Position]))),
        ];
    }

    private static XElement Heading(RowError row) => new("h3", $"Row {Show.Count(row.Position + 1)}: ",
        new XElement("span", Html.Class("label"), Show.Short(row.Label, 60)), " predicted as ",
        new XElement("span", Html.Class("label"), Show.Short(row.Predicted, 60)), $" ({row.Words})");

    private static IEnumerable<XElement> Explain(ReportSubject subject, IDataView rows)
    {
        foreach (var explanation in subject.Model.Explain(rows, subject.Names.Label))
        {
            subject.Options.CancellationToken.ThrowIfCancellationRequested();
            yield return ExplanationPart.Of(explanation);
        }
    }
}
