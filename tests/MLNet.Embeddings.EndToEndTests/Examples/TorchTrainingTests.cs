using System.Globalization;
using System.Text.RegularExpressions;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed partial class TorchTrainingTests
{
    private static readonly string Program = Repository.Program("examples/TorchTraining");

    [TestMethod]
    public void Quick_NoData_BothEnginesReachAboutTheSameLoss()
    {
        using var folder = new TemporaryFolder();

        var run = ChildProcess.Run(Program, "--quick", "--out", folder.Path);

        Assert.AreEqual("", run.Errors);
        Assert.AreEqual(0, run.ExitCode, run.Output);
        Assert.HasCount(5, EpochRow().Matches(run.Output), run.Output);
        var losses = BestLosses().Match(run.Output).Groups;
        Assert.AreEqual(Number(losses["kernels"]), Number(losses["torch"]), 0.04, run.Output);
        foreach (double area in ExampleOutput.Measure(run.Output, "Area under ROC curve")) Assert.IsGreaterThan(0.85, area);
    }

    [TestMethod]
    public void Gpu_NoneThere_IsRefusedAfterTheKernelsTrained()
    {
        using var folder = new TemporaryFolder();

        var run = ChildProcess.Run(Program, "--quick", "--gpu", "99", "--out", folder.Path);

        Assert.AreEqual(1, run.ExitCode, run.Output);
        Assert.Contains("The network: ", run.Output);
        Assert.Contains("The MLContext asks for GPU 99, and libtorch finds", run.Errors);
        Assert.DoesNotContain("   at ", run.Errors);
    }

    [TestMethod]
    public void Gpu_NoNumber_IsRefused()
    {
        var run = ChildProcess.Run(Program, "--gpu", "first");

        Assert.AreEqual(2, run.ExitCode);
        Assert.Contains("The option --gpu needs a number of a GPU after it, from 0; it was 'first'.", run.Errors);
        Assert.Contains("--gpu NUMBER", ChildProcess.Run(Program, "--help").Output);
    }

    private static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^│ +\d+ │( +0\.\d{4} │){4}( +\d+\.\d+ │){2}", RegexOptions.Multiline)]
    private static partial Regex EpochRow();

    [GeneratedRegex(@"^Best validation loss: kernels (?<kernels>0\.\d+), torch (?<torch>0\.\d+)", RegexOptions.Multiline)]
    private static partial Regex BestLosses();
}
