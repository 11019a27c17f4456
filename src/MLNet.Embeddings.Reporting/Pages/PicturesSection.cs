using System.Xml.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Where the model is right and where it is wrong, as pictures.</summary>
internal static class PicturesSection
{
    private const int Square = 480, MostPoints = 1500;

    internal static IReadOnlyList<object?> Of(ReportSubject subject) => subject.Names.Task switch
    {
        ReportTask.Binary => Grid(Confusion(Binary(subject)), Roc(subject), Calibrated(subject)),
        ReportTask.Multiclass => [Confusion(Multiclass(subject))],
        ReportTask.Regression => Regression(subject),
        ReportTask.Set => Section.None("There are no such pictures of sets of labels; see the metrics and the worst errors."),
        _ => Section.None("There are no such pictures of sequences; see the metrics."),
    };

    private static XElement Confusion(ConfusionCounts counts)
    {
        int size = Math.Clamp(300 + 34 * counts.Classes.Count, 400, 900);
        return Html.Figure("Confusion matrix", Html.Picture(plot => ConfusionMatrixPlotExtensions.Draw(plot, counts), Math.Max(560, size), size),
            $"{ConfusionMatrixPlotExtensions.Title(counts)}. Rows on the diagonal are predicted right; the stronger the colour of a cell, the larger " +
            "its share of the true class.");
    }

    private static ConfusionCounts Binary(ReportSubject subject)
    {
        var names = subject.Names;
        var matrix = subject.Context.BinaryClassification.EvaluateNonCalibrated(subject.Scored, names.Label, names.Score, names.PredictedLabel).ConfusionMatrix;
        string[] classes = RowJudge.TwoClasses(subject.Scored.Schema, names);
        // The matrix begins with the positive class.
        return ConfusionCounts.Of(matrix) with { Classes = [classes[1], classes[0]] };
    }

    private static ConfusionCounts Multiclass(ReportSubject subject) => ConfusionCounts.Of(subject.Context.MulticlassClassification.Evaluate(
        subject.Scored, subject.Names.Label, subject.Names.Score, subject.Names.PredictedLabel).ConfusionMatrix);

    private static XElement Roc(ReportSubject subject)
    {
        var curve = RocCurve.Of(Binary(subject, subject.Names.Score));
        return Html.Figure("ROC curve", Html.Picture(plot => BinaryClassificationPlotExtensions.Draw(plot, curve), 560, Square),
            $"{BinaryClassificationPlotExtensions.Title(curve)}. The nearer the line comes to the upper left corner, the better positive rows are told " +
            "from negative ones.");
    }

    private static XElement Calibrated(ReportSubject subject)
    {
        if (subject.Names.Probability is not { } probability)
            return Html.Paragraph(Html.Class("none"), "The model gives no probabilities, so there is no picture of how right they are.");
        var calibration = Calibration.Of(Binary(subject, probability));
        return Html.Figure("Calibration", Html.Picture(plot => BinaryClassificationPlotExtensions.Draw(plot, calibration), 560, Square),
            $"{BinaryClassificationPlotExtensions.Title(calibration)}. Points below the grey line: the model is too sure of the positive class; " +
            "above it, not sure enough.");
    }

    private static IReadOnlyList<object?> Regression(ReportSubject subject)
    {
        var all = new Residuals(ScoredRows.Read<float>(subject.Scored, subject.Names.Label, NumberDataViewType.Single, subject.Names.Score));
        int count = Math.Min(all.Rows.Count, MostPoints);
        var drawn = new Residuals([.. Enumerable.Range(0, count).Select(i => all.Rows[(int)((long)i * all.Rows.Count / count)])]);
        string some = count < all.Rows.Count ? $" {Show.Count(count)} of {Show.Count(all.Rows.Count, "row")} are drawn." : "";
        return Grid(
            Html.Figure("Predicted against true values", Html.Picture(plot => TruthPicture.Draw(plot, drawn), 560, 480),
                $"Points on the grey line are predicted right, points above it too high.{some}"),
            Html.Figure("Residuals", Html.Picture(plot => RegressionPlotExtensions.Draw(plot, drawn), 560, 480),
                $"{RegressionPlotExtensions.Title(all)}. A bend or a funnel tells that the model misses something.{some}"));
    }

    private static IReadOnlyList<object?> Grid(params XElement[] pictures) => [new XElement("div", Html.Class("pictures"), pictures)];

    private static (bool, float)[] Binary(ReportSubject subject, string score) =>
        ScoredRows.Read<bool>(subject.Scored, subject.Names.Label, BooleanDataViewType.Instance, score);
}
