using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>How much the model relies on each column.</summary>
internal static class ImportanceSection
{
    private const double PixelsPerColumn = 28;

    internal static IReadOnlyList<object?> Of(ReportSubject subject, IProgress<double> progress)
    {
        if (subject.Names.Task == ReportTask.Sequence) return Section.None("An encoder-decoder reads one column, so there is nothing to compare.");
        long rows = Math.Min(subject.Rows.Count, subject.Options.ImportanceRows);
        var importances = subject.Context.ColumnImportance(subject.Model, PickedRows.Spread(subject.Data, subject.Rows.Count, (int)rows), new()
        {
            LabelColumnName = subject.Names.Label,
            MaxRows = (int)Math.Max(2, rows),
            Progress = progress,
            CancellationToken = subject.Options.CancellationToken,
        });
        if (importances.Columns.Count == 0) return Section.None("The model reads no column, so there is nothing to measure.");
        string sample = rows < subject.Rows.Count
            ? $" Measured on {Show.Count(rows)} of {Show.Count(subject.Rows.Count, "row")}, spread over the test data."
            : "";
        int height = 110 + (int)(PixelsPerColumn * Math.Min(importances.Columns.Count, 30));
        return
        [
            Html.Figure("Column importance", Html.Picture(plot => ColumnImportancePlotExtensions.Draw(plot, importances), 760, height),
                $"How much worse {importances.Metric} gets when the values of a column are dealt out anew among the rows; the line across a bar is the " +
                $"standard deviation over five times. Columns that tell the same share their importance.{sample}"),
            Html.Details("The columns as a table", Html.Table("Importance of columns", ["Column", $"Worsening of {importances.Metric}", "Standard deviation"],
                importances.Columns.Select(column => new object?[] { column.Column, Show.Number(column.Mean), Show.Number(column.Deviation) }))),
        ];
    }
}
