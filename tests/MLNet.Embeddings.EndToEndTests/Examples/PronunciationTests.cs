namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class PronunciationTests
{
    private static readonly string Program = Repository.Program("examples/Pronunciation");

    [TestMethod]
    public void Quick_NoData_LearnsSavesAndSpeaksInAnotherProcess()
    {
        using var folder = new TemporaryFolder();
        string model = Path.Combine(folder.Path, "model.zip");

        var run = ChildProcess.Run(Program, "--quick", "--model", model);

        Assert.AreEqual("", run.Errors);
        Assert.AreEqual(0, run.ExitCode, run.Output);
        Assert.IsGreaterThan(0.5, ExampleOutput.Measure(run.Output, "Exact match").Single(), run.Output);
        Assert.Contains("embeddings", run.Output);
        Assert.Contains("This process trained with no torch library", run.Output);
        Assert.Contains("No torch library is loaded in this process", run.Output);
        CollectionAssert.AreEqual("PNG"u8.ToArray(), File.ReadAllBytes(Path.ChangeExtension(model, ".png"))[1..4]);
    }

    [TestMethod]
    public void Quick_RealWords_AreLearned()
    {
        if (Environment.GetEnvironmentVariable("MLNET_EMBEDDINGS_DATA") is not { Length: > 0 } data)
            throw new AssertInconclusiveException("MLNET_EMBEDDINGS_DATA names no folder.");
        using var folder = new TemporaryFolder();

        var run = ChildProcess.Run(Program, "--quick", "--data", data, "--model", Path.Combine(folder.Path, "model.zip"));

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        Assert.IsLessThan(0.5, ExampleOutput.Measure(run.Output, "Error rate").Single(), run.Output);
    }
}
