namespace MLNet.Embeddings.Tests;

/// <summary>Short forms of the hunts for failures: each tries some cases of every kind, and finds nothing.</summary>
[TestClass]
public sealed class RobustnessTests
{
    private static readonly string Program = Repository.Program("tests/MLNet.Embeddings.Robustness");

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("inputs")]
    [DataRow("random 6")]
    [DataRow("random 1 --seed 20635", DisplayName = "A network of texts of which some batches have none")]
    [DataRow("onnx 8")]
    [DataRow("fits 12")]
    [DataRow("fuzz 300 10")]
    [DataRow("kill 2")]
    [DataRow("soak 0.03")]
    public void Run_Short_FindsNothing(string command)
    {
        string folder = Directory.CreateTempSubdirectory("mlnet-embeddings-").FullName;
        try
        {
            string[] options = command.StartsWith("fuzz", StringComparison.Ordinal) ? ["--folder", folder] : [];

            var run = ChildProcess.Run(Program, [.. command.Split(' '), .. options]);

            TestContext.WriteLine(run.Output);
            Assert.AreEqual(0, run.ExitCode, run.Output + run.Errors);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("fits")]
    [DataRow("fuzz 10")]
    [DataRow("random ten")]
    [DataRow("soak 1 --seed x")]
    public void Run_ArgumentsWithoutSense_ShowsTheUsage(string command)
    {
        var run = ChildProcess.Run(Program, command.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.AreEqual(2, run.ExitCode);
        StringAssert.Contains(run.Errors, "fuzz FILES SECONDS");
    }
}
