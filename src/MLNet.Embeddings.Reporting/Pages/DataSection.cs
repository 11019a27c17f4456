using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>How far the test data are from the training data.</summary>
internal static class DataSection
{
    internal static IReadOnlyList<object?> Of(ReportSubject subject)
    {
        if (subject.Network is null)
            return Section.None("Only models of MultiEmbedding keep what their training data were like, so there is nothing to compare the test data with.");
        var frame = subject.Context.CompareData(subject.Model, subject.Data);
        return
        [
            Html.Paragraph("How far each column is from the training rows, by the population stability index. Below 0.1 is a small change, above 0.25 a large " +
                "one."),
            Html.Table("Test data and training data",
                ["Column", "Stability index", "Change", "Missing", "Missing in training", "Unknown", "Unknown in training", "Out of range"],
                frame.Rows.Select(row => Row([.. row]))),
            Html.Paragraph("Unknown: share of values, of texts of their words, that have no vector of their own. Out of range: share of rows with a number, or a " +
                "number of words, outside of what training met."),
        ];
    }

    private static object?[] Row(object?[] values)
    {
        double Number(int i) => values[i] is double number ? number : double.NaN;
        double index = Number(1);
        return
        [
            values[0], Show.Number(index), index < 0.1 ? "small" : index <= 0.25 ? "some" : "large",
            .. Enumerable.Range(2, 5).Select(i => Show.Percent(Number(i))),
        ];
    }
}
