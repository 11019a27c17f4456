namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class TopicClassificationTests
{
    private static readonly string Program = Repository.Program("examples/TopicClassification");

    [TestMethod]
    public void Quick_NoData_TrainsBesideALinearModelSavesAndPredicts()
    {
        using var folder = new TemporaryFolder();
        var run = ChildProcess.Run(Program, "--quick", "--out", folder.Path);

        Assert.AreEqual("", run.Errors);
        Assert.AreEqual(0, run.ExitCode, run.Output);
        double[] accuracies = ExampleOutput.Measure(run.Output, "Micro accuracy");
        Assert.HasCount(2, accuracies, run.Output);
        Assert.IsGreaterThan(0.7, accuracies[0]);
        Assert.Contains("The daily build is broken", run.Output);
        ExampleOutput.AssertFiles(folder, "issues.zip", "training.png", "confusion.png");
    }

    [TestMethod]
    public void RealIssues_AreClassifiedAsWellAsByALinearModel()
    {
        if (Environment.GetEnvironmentVariable("MLNET_EMBEDDINGS_DATA") is not { Length: > 0 } data)
            throw new AssertInconclusiveException("MLNET_EMBEDDINGS_DATA names no folder.");
        if (Environment.GetEnvironmentVariable("MLNET_EMBEDDINGS_LARGE") != "1") Assert.Inconclusive("It takes a minute: set MLNET_EMBEDDINGS_LARGE=1.");
        using var folder = new TemporaryFolder();

        var run = ChildProcess.Run(Program, "--data", data, "--out", folder.Path);

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        double[] accuracies = ExampleOutput.Measure(run.Output, "Micro accuracy");
        Assert.IsGreaterThan(0.70, accuracies[0], "The standard error is 0.024 on these 323 rows.");
        Assert.IsGreaterThan(accuracies[1] - 0.02, accuracies[0]);
    }
}
