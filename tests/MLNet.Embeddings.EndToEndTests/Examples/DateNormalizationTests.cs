namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class DateNormalizationTests
{
    private static readonly string Program = Repository.Program("examples/DateNormalization");

    [TestMethod]
    public void Quick_LearnsSavesDecodesAndDrawsItsAttention()
    {
        using var folder = new TemporaryFolder();
        var run = ChildProcess.Run(Program, "--quick", "--out", folder.Path);

        Assert.AreEqual("", run.Errors);
        Assert.AreEqual(0, run.ExitCode, run.Output);
        Assert.IsGreaterThan(0.5, ExampleOutput.Measure(run.Output, "Exact match").Single(), run.Output);
        Assert.Contains("the 3rd of march, 1999", run.Output);
        ExampleOutput.AssertFiles(folder, "dates.zip", "training.png", "attention.png");
    }

    [TestMethod]
    public void Data_HasNone_IsRefused()
    {
        var run = ChildProcess.Run(Program, "--data", "folder");

        Assert.AreEqual(2, run.ExitCode);
        Assert.Contains("This program has no real data: leave --data out.", run.Errors);
        Assert.DoesNotContain("--data", ChildProcess.Run(Program, "--help").Output);
    }
}
