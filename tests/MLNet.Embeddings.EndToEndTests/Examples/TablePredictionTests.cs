using System.Text.RegularExpressions;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed partial class TablePredictionTests
{
    private static readonly string Program = Repository.Program("examples/TablePrediction");

    [TestMethod]
    public void Quick_NoData_TrainsBesideTreesSavesAndPredictsInAnotherProcess()
    {
        using var folder = new TemporaryFolder();
        string model = Path.Combine(folder.Path, "model.zip");

        var run = ChildProcess.Run(Program, "--quick", "--model", model);

        Assert.AreEqual("", run.Errors);
        Assert.AreEqual(0, run.ExitCode, run.Output);
        foreach (double area in Areas(run.Output)) Assert.IsGreaterThan(0.8, area);
        Assert.Contains("This process trained with no torch library", run.Output);
        Assert.MatchesRegex(UnknownOccupationRow(), run.Output);
        Assert.MatchesRegex(DecidedColumns(), run.Output, "columns that nobody named");
        Assert.Contains("No torch library is loaded in this process", run.Output);
        CollectionAssert.AreEqual("PNG"u8.ToArray(), File.ReadAllBytes(Path.ChangeExtension(model, ".png"))[1..4]);
    }

    [TestMethod]
    public void Seed_Another_GivesAnotherNetwork()
    {
        using var folder = new TemporaryFolder();

        double[] losses = [.. new[] { "1", "2" }.Select(seed =>
            ExampleOutput.Measure(
                ChildProcess.Run(Program, "--quick", "--seed", seed, "--model", Path.Combine(folder.Path, "model.zip")).Output, "Log loss")[0])];

        Assert.AreNotEqual(losses[0], losses[1]);
    }

    [TestMethod]
    public void Quick_RealCustomers_AreLearnedAboutAsWellAsByTrees()
    {
        if (Environment.GetEnvironmentVariable("MLNET_EMBEDDINGS_DATA") is not { Length: > 0 } data)
            throw new AssertInconclusiveException("MLNET_EMBEDDINGS_DATA names no folder.");
        using var folder = new TemporaryFolder();

        var run = ChildProcess.Run(Program, "--quick", "--data", data, "--model", Path.Combine(folder.Path, "model.zip"));

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        double[] areas = Areas(run.Output);
        Assert.IsGreaterThan(0.912, areas[0]);
        Assert.IsGreaterThan(areas[1] - 0.005, areas[0]);
    }

    private static double[] Areas(string output)
    {
        double[] areas = ExampleOutput.Measure(output, "Area under ROC curve");
        Assert.HasCount(2, areas, output);
        return areas;
    }

    [GeneratedRegex(@"│ Age +│ number +│\n│ Employer +│ category │")]
    private static partial Regex DecidedColumns();

    [GeneratedRegex(@"^│ Astronaut +│( +\d+ % │){6}", RegexOptions.Multiline)]
    private static partial Regex UnknownOccupationRow();
}
