namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class PronunciationTests
{
    private static readonly string Program = Repository.Program("examples/Pronunciation");

    [TestMethod]
    public void Quick_NoData_LearnsSavesAndSpeaks()
    {
        using var folder = new TemporaryFolder();
        var run = ChildProcess.Run(Program, "--quick", "--out", folder.Path);

        Assert.AreEqual("", run.Errors);
        Assert.AreEqual(0, run.ExitCode, run.Output);
        Assert.IsGreaterThan(0.5, ExampleOutput.Measure(run.Output, "Exact match").Single(), run.Output);
        Assert.Contains("embeddings", run.Output);
        ExampleOutput.AssertFiles(folder, "words.zip", "training.png");
    }

    [TestMethod]
    public void Quick_RealWords_AreLearned()
    {
        if (Environment.GetEnvironmentVariable("MLNET_EMBEDDINGS_DATA") is not { Length: > 0 } data)
            throw new AssertInconclusiveException("MLNET_EMBEDDINGS_DATA names no folder.");
        using var folder = new TemporaryFolder();

        var run = ChildProcess.Run(Program, "--quick", "--data", data, "--out", folder.Path);

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        Assert.IsLessThan(0.5, ExampleOutput.Measure(run.Output, "Error rate").Single(), run.Output);
    }
}
