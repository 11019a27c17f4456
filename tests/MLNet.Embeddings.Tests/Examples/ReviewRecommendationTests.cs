using System.Globalization;
using System.Text.RegularExpressions;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed partial class ReviewRecommendationTests
{
    private static readonly string Program = Repository.Program("examples/ReviewRecommendation");

    [TestMethod]
    public void Quick_NoData_TrainsSavesAndPredictsInAnotherProcess()
    {
        using var folder = new TemporaryFolder();
        string model = Path.Combine(folder.Path, "model.zip");

        var run = ChildProcess.Run(Program, "--quick", "--model", model);

        Assert.AreEqual("", run.Errors);
        Assert.AreEqual(0, run.ExitCode, run.Output);
        Assert.IsTrue(File.Exists(model));
        Assert.MatchesRegex(EpochLine(), run.Output);
        Assert.IsGreaterThan(0.85, AreaUnderCurve(run.Output));
        Assert.MatchesRegex(UnseenClassRow(), run.Output);
        Assert.MatchesRegex(EmptyReviewRow(), run.Output);
        Assert.MatchesRegex(SortedFrame(), run.Output);
        Assert.Contains("No torch library is loaded in this process", run.Output);
        Assert.DoesNotMatchRegex(ControlCharacter(), run.Output);
    }

    [TestMethod]
    public void Quick_RealReviews_LearnsThem()
    {
        if (Environment.GetEnvironmentVariable("MLNET_EMBEDDINGS_DATA") is not { Length: > 0 } data) throw new AssertInconclusiveException("MLNET_EMBEDDINGS_DATA names no folder.");
        using var folder = new TemporaryFolder();

        var run = ChildProcess.Run(Program, "--quick", "--data", data, "--model", Path.Combine(folder.Path, "model.zip"));

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        Assert.IsGreaterThan(0.87, AreaUnderCurve(run.Output));
    }

    [TestMethod]
    public void Help_ListsTheOptions()
    {
        var run = ChildProcess.Run(Program, "--help");

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        foreach (string option in new[] { "--data FOLDER", "--quick", "--model FILE", "--score", "--help" }) Assert.Contains(option, run.Output);
    }

    [TestMethod]
    [DataRow("The option '--fast' is not known. --help lists the options.", "--fast")]
    [DataRow("The option --data needs a value after it.", "--quick", "--data")]
    [DataRow("Give the folder that holds clothing-reviews/ after --data", "--data", "no-such-folder")]
    [DataRow("Run the program without --score first.", "--score", "--model", "no-such-model.zip")]
    [DataRow("Create it, or give another file after --model.", "--model", "no-such-folder/model.zip")]
    public void Arguments_Unusable_AreRefusedWithTheCure(string message, params string[] arguments)
    {
        var run = ChildProcess.Run(Program, arguments);

        Assert.AreEqual(2, run.ExitCode);
        Assert.AreEqual("", run.Output);
        Assert.Contains(message, run.Errors);
    }

    private static double AreaUnderCurve(string output) =>
        double.Parse(AreaUnderCurveRow().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^Epoch +2  loss 0\.\d+  validation 0\.\d+  Accuracy 0\.\d+  AUC 0\.\d+  \d", RegexOptions.Multiline)]
    private static partial Regex EpochLine();

    [GeneratedRegex(@"Area under ROC curve │ (0\.\d+)")]
    private static partial Regex AreaUnderCurveRow();

    [GeneratedRegex(@"Great hat +│ Hats +│ +0\.\d+ │ yes")]
    private static partial Regex UnseenClassRow();

    [GeneratedRegex(@"\(no title\) +│ \(none\) +│ +0\.\d+ │ (yes|no)")]
    private static partial Regex EmptyReviewRow();

    [GeneratedRegex(@"PredictedLabel │ Probability │(.*\n)+.*Beautiful and comfortable.* True (.*\n)+.*Disappointed.* False ")]
    private static partial Regex SortedFrame();

    [GeneratedRegex(@"[\x00-\x09\x0B-\x1F\x7F]")]
    private static partial Regex ControlCharacter();
}
