using System.Text.RegularExpressions;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed partial class ReviewRecommendationTests
{
    private static readonly string Program = Repository.Program("examples/ReviewRecommendation");

    [TestMethod]
    public void Quick_NoData_TrainsSavesAndPredicts()
    {
        using var folder = new TemporaryFolder();
        var run = ChildProcess.Run(Program, "--quick", "--out", folder.Path);

        Assert.AreEqual("", run.Errors);
        Assert.AreEqual(0, run.ExitCode, run.Output);
        ExampleOutput.AssertFiles(folder, "reviews.zip", "training.png", "roc.png", "calibration.png");
        Assert.MatchesRegex(EpochLine(), run.Output);
        Assert.IsGreaterThan(0.85, ExampleOutput.Measure(run.Output, "Area under ROC curve")[0]);
        Assert.MatchesRegex(UnseenClassRow(), run.Output);
        Assert.MatchesRegex(EmptyReviewRow(), run.Output);
        Assert.MatchesRegex(SortedFrame(), run.Output);
        Assert.DoesNotMatchRegex(ControlCharacter(), run.Output);
    }

    [TestMethod]
    public void Quick_RealReviews_LearnsThem()
    {
        if (Environment.GetEnvironmentVariable("MLNET_EMBEDDINGS_DATA") is not { Length: > 0 } data)
            throw new AssertInconclusiveException("MLNET_EMBEDDINGS_DATA names no folder.");
        using var folder = new TemporaryFolder();

        var run = ChildProcess.Run(Program, "--quick", "--data", data, "--out", folder.Path);

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        Assert.IsGreaterThan(0.87, ExampleOutput.Measure(run.Output, "Area under ROC curve")[0]);
    }

    [GeneratedRegex(@"^Epoch +2  loss 0\.\d+  validation 0\.\d+  Accuracy 0\.\d+  AUC 0\.\d+  \d", RegexOptions.Multiline)]
    private static partial Regex EpochLine();

    [GeneratedRegex(@"Great hat +│ Hats +│ +0\.\d+ │ yes")]
    private static partial Regex UnseenClassRow();

    [GeneratedRegex(@"\(no title\) +│ \(none\) +│ +0\.\d+ │ (yes|no)")]
    private static partial Regex EmptyReviewRow();

    [GeneratedRegex(@"PredictedLabel │ Probability │(.*\n)+.*Beautiful and comfortable.* True (.*\n)+.*Disappointed.* False ")]
    private static partial Regex SortedFrame();

    [GeneratedRegex(@"[\x00-\x09\x0B-\x1F\x7F]")]
    private static partial Regex ControlCharacter();
}
