namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class DateNormalizationTests
{
    private static readonly string Program = Repository.Program("examples/DateNormalization");

    [TestMethod]
    public void Quick_LearnsSavesDecodesInAnotherProcessAndDrawsItsAttention()
    {
        using var folder = new TemporaryFolder();
        string model = Path.Combine(folder.Path, "model.zip");

        var run = ChildProcess.Run(Program, "--quick", "--model", model);

        Assert.AreEqual("", run.Errors);
        Assert.AreEqual(0, run.ExitCode, run.Output);
        Assert.IsGreaterThan(0.5, ExampleOutput.Measure(run.Output, "Exact match").Single(), run.Output);
        Assert.Contains("the 3rd of march, 1999", run.Output);
        Assert.Contains("This process trained with no torch library", run.Output);
        Assert.Contains("No torch library is loaded in this process", run.Output);
        foreach (string picture in new[] { ".png", ".attention.png" })
            CollectionAssert.AreEqual("PNG"u8.ToArray(), File.ReadAllBytes(Path.ChangeExtension(model, picture))[1..4]);
    }

    [TestMethod]
    public void Data_HasNone_IsRefused()
    {
        var run = ChildProcess.Run(Program, "--data", "folder");

        Assert.AreEqual(2, run.ExitCode);
        Assert.Contains("The option '--data' is not known. --help lists the options.", run.Errors);
        Assert.DoesNotContain("--data", ChildProcess.Run(Program, "--help").Output);
    }
}
