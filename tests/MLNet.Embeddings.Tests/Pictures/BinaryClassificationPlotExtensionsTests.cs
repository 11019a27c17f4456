using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class BinaryClassificationPlotExtensionsTests
{
    private const string Blue = "#0072B2";

    private static readonly MLContext Context = new(seed: 1);
    private static readonly IDataView Scored = Context.Data.LoadFromEnumerable(
    [
        .. Enumerable.Range(0, 4_000).Select(i => new ScoredRow
        {
            Label = i % 3 == 0,
            Score = i * 7919 % 97 + (i % 3 == 0 ? 20 : 0), // with ties
            Probability = i % 10 / 10f + 0.05f,
        }),
        new ScoredRow { Label = true, Score = float.NaN, Probability = float.NaN },
    ]);

    [TestMethod]
    public void SaveRocPlot_ScoredRows_SaysTheAreaOfTheEvaluator()
    {
        double area = Context.BinaryClassification.EvaluateNonCalibrated(Context.Data.TakeRows(Scored, 4_000)).AreaUnderRocCurve;

        var picture = Draw(path => Context.BinaryClassification.SaveRocPlot(Scored, path));

        CollectionAssert.Contains(Texts(picture), FormattableString.Invariant($"ROC curve of 4,000 rows: area {area:F3}"));
    }

    [TestMethod]
    public void SaveCalibrationPlot_ScoredRows_DrawsAPointForEachBin()
    {
        var picture = Draw(path => Context.BinaryClassification.SaveCalibrationPlot(Scored, path));

        double[][] points = picture.Shapes("ellipse", Blue, "cx", "cy", "rx");
        Assert.HasCount(10, points);
        CollectionAssert.IsSubsetOf(new[] { "Right probabilities", "Model; a larger point is of more rows" }, Texts(picture));
    }

    [TestMethod]
    public void SaveRocPlot_NoSuchColumn_SaysWhichThereAre()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => Context.BinaryClassification.SaveRocPlot(Scored, "roc.png", labelColumnName: "Late"));

        Assert.Contains(
            "There is no column 'Late' among 'Label', 'Score', 'Probability', 'PredictedLabel', 'Amount'; name one, of data that a model has scored.",
            error.Message);
    }

    [TestMethod]
    public void SaveRocPlot_LabelOfAnotherType_SaysBoth()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => Context.BinaryClassification.SaveRocPlot(Scored, "roc.png", labelColumnName: "Amount"));

        Assert.Contains("Column 'Amount' is of type Single; it must be of type Boolean.", error.Message);
    }

    [TestMethod]
    public void SaveCalibrationPlot_AllProbabilitiesNaN_SaysThatThereIsNothingToDraw()
    {
        var data = Context.Data.LoadFromEnumerable([new ScoredRow { Probability = float.NaN }]);

        var error = Assert.ThrowsExactly<ArgumentException>(() => Context.BinaryClassification.SaveCalibrationPlot(data, "calibration.png"));

        Assert.Contains("There are no rows with a number in column 'Probability' and a label in column 'Label', so there is nothing to draw", error.Message);
    }

    private static SvgPicture Draw(Action<string> save)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "picture.svg");
        save(path);
        return new SvgPicture(path);
    }

    private static string[] Texts(SvgPicture picture) => [.. picture.Texts.Select(text => text.Text)];
}
