using System.Globalization;
using System.Text.RegularExpressions;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed partial class OnnxExportTests
{
    [TestMethod]
    public void Quick_NoData_ScoresTheSameInOnnxRuntime()
    {
        using var folder = new TemporaryFolder();

        var run = ChildProcess.Run(Repository.Program("examples/OnnxExport"), "--quick", "--out", folder.Path);

        Assert.AreEqual("", run.Errors);
        Assert.AreEqual(0, run.ExitCode, run.Output);
        ExampleOutput.AssertFiles(folder, "model.onnx");
        var comparison = Comparison().Match(run.Output).Groups;
        Assert.AreEqual(comparison["rows"].Value, comparison["same"].Value, run.Output);
        Assert.IsLessThan(1e-5, double.Parse(comparison["difference"].Value, CultureInfo.InvariantCulture));
        Assert.HasCount(8, ScoredRow().Matches(run.Output), run.Output);
    }

    [GeneratedRegex(@"^Of (?<rows>\d+) rows, (?<same>\d+) have the same class; .+ is (?<difference>\d\.\dE[+-]\d+)\.", RegexOptions.Multiline)]
    private static partial Regex Comparison();

    [GeneratedRegex(@"^│ .+ │ (yes|no) +│ (yes|no) +│ +0\.\d{6} │ (yes|no) +│ +0\.\d{6} │", RegexOptions.Multiline)]
    private static partial Regex ScoredRow();
}
