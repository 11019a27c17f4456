using System.Text.RegularExpressions;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed partial class TablePredictionTests
{
    private static readonly string Program = Repository.Program("examples/TablePrediction");

    [TestMethod]
    public void Quick_NoData_TrainsBesideTreesSavesAndPredicts()
    {
        using var folder = new TemporaryFolder();
        var run = ChildProcess.Run(Program, "--quick", "--out", folder.Path);

        Assert.AreEqual("", run.Errors);
        Assert.AreEqual(0, run.ExitCode, run.Output);
        foreach (double area in Areas(run.Output)) Assert.IsGreaterThan(0.8, area);
        Assert.MatchesRegex(UnknownOccupationRow(), run.Output);
        Assert.MatchesRegex(DecidedColumns(), run.Output, "columns that nobody named");
        ExampleOutput.AssertFiles(folder, "customers.zip", "training.png", "importance.png");
    }

    [TestMethod]
    public void Quick_RealCustomers_AreLearnedAboutAsWellAsByTrees()
    {
        if (Environment.GetEnvironmentVariable("MLNET_EMBEDDINGS_DATA") is not { Length: > 0 } data)
            throw new AssertInconclusiveException("MLNET_EMBEDDINGS_DATA names no folder.");
        using var folder = new TemporaryFolder();

        var run = ChildProcess.Run(Program, "--quick", "--data", data, "--out", folder.Path);

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
