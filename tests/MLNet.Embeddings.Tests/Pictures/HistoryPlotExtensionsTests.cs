using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class HistoryPlotExtensionsTests
{
    private const string Training = "#0072B2", Validation = "#D55E00";

    [TestMethod]
    public void SavePlot_OneNetwork_DrawsBothLossesAndMarksTheKeptEpoch()
    {
        var picture = Draw(History(2, [(1.0, 1.2), (0.8, 0.9), (0.7, 1.0)]));

        string[] texts = [.. picture.Texts.Select(text => text.Text)];
        CollectionAssert.IsSubsetOf(new[] { "Training", "Validation", "Kept: epoch 2", "Epoch", "Mean loss" }, texts);
        double[][] training = Points(picture, Training), validation = Points(picture, Validation), kept = picture.Shapes("ellipse", "black", "cx", "cy");
        // Each epoch, and the one of the legend. Higher losses stand higher, equal epochs above each other.
        Assert.AreEqual((4, 4, 2), (training.Length, validation.Length, kept.Length));
        for (int epoch = 0; epoch < 3; epoch++)
        {
            Assert.AreEqual(training[epoch][0], validation[epoch][0], 0.01);
            Assert.IsLessThan(training[epoch][1], validation[epoch][1]);
        }
        Assert.AreEqual(validation[1][0], kept[0][0], 0.01);
        Assert.AreEqual(validation[1][1], kept[0][1], 0.01);
    }

    [TestMethod]
    public void SavePlot_SeveralNetworks_DrawsThinLinesOfEach()
    {
        var first = History(1, [(1.0, 1.2), (0.8, 1.3)]);
        var second = History(2, [(1.1, 1.1), (0.9, 1.0)]);

        var picture = Draw(first with { Networks = [first, second] });

        // Those of two networks and of the legend.
        foreach (string colour in new[] { Training, Validation })
            CollectionAssert.AreEqual(new[] { 1.25, 1.25, 1.25 }, picture.Shapes("path", colour, "stroke-width").Select(line => line[0]).ToArray());
        Assert.HasCount(3, picture.Shapes("ellipse", "black", "cx", "cy"));
        CollectionAssert.Contains(picture.Texts.Select(text => text.Text).ToArray(), "Kept epochs");
    }

    [TestMethod]
    public void SavePlot_NoValidationAndALossThatIsNoNumber_DrawsTheRest()
    {
        var picture = Draw(History(3, [(1.0, null), (double.NaN, null), (0.5, null)]));

        Assert.HasCount(2 + 1, Points(picture, Training));
        CollectionAssert.DoesNotContain(picture.Texts.Select(text => text.Text).ToArray(), "Validation");
    }

    private static double[][] Points(SvgPicture picture, string colour) => picture.Shapes("ellipse", colour, "cx", "cy");

    private static SvgPicture Draw(TrainingHistory history)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "curve.svg");
        history.SavePlot(path);
        return new SvgPicture(path);
    }

    private static TrainingHistory History(int best, (double Training, double? Validation)[] losses) => new()
    {
        Epochs = [.. losses.Select((loss, i) => new EpochResult
        {
            Epoch = i + 1,
            TrainingLoss = loss.Training,
            ValidationLoss = loss.Validation,
            LearningRate = 0.01,
            Duration = TimeSpan.FromSeconds(1),
        })],
        BestEpoch = best,
        StopReason = StopReason.MaxEpochsReached,
        TrainingRows = 10,
        ValidationRows = 2,
        SkippedRows = 0,
    };
}
