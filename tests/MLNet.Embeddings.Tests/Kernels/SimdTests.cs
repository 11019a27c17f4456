using System.Runtime.Intrinsics;
using System.Text.RegularExpressions;

namespace MLNet.Embeddings.Tests;

/// <summary>The kernels at every width of vectors that the runtime can be held to.</summary>
[TestClass]
public sealed class SimdTests
{
    /// <summary>Classes of the kernels' tests; those of the whole process's width among them would show a width that goes wrong.</summary>
    private static readonly Type[] KernelTests =
    [
        typeof(SimdTests), typeof(MatrixProductTests), typeof(PackedMatrixTests), typeof(ActivationTests), typeof(RecurrentStepTests),
        typeof(RaggedRecurrenceTests), typeof(RaggedConvolutionTests), typeof(AdamTests), typeof(ActivationGradientTests), typeof(DropoutMaskTests),
    ];

    [TestMethod]
    public void Run_ThisProcess_TakesTheWidestVectorsThatAreOn()
    {
        int most = IsOff("EnableHWIntrinsic") ? 1 : IsOff("EnableAVX2") ? 4 : IsOff("EnableAVX512") ? 8 : 16;

        int count = PanelShape.Widest.Count;

        Assert.IsLessThanOrEqualTo(most, count);
        Assert.AreEqual(Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : Vector128.IsHardwareAccelerated ? 4 : 1, count);
    }

    [TestMethod]
    [DataRow("EnableAVX512")]
    [DataRow("EnableAVX2")]
    [DataRow("EnableHWIntrinsic")]
    public void Run_ProcessWithoutSomeInstructions_PassesTheTestsOfTheKernels(string instructions)
    {
        // All but this test itself.
        string filter = $"({string.Join('|', KernelTests.Select(type => $"ClassName={type.FullName}"))})&Name!~ProcessWithoutSomeInstructions";

        var run = ChildProcess.RunWithout(instructions, "test", typeof(SimdTests).Assembly.Location, "--filter", filter);

        Assert.AreEqual(0, run.ExitCode, run.Output);
        var passed = Regex.Match(run.Output, @"Passed: +(\d+)");
        Assert.IsTrue(passed.Success && int.Parse(passed.Groups[1].Value) > 50, run.Output);
    }

    private static bool IsOff(string instructions) => Environment.GetEnvironmentVariable($"DOTNET_{instructions}") == "0";
}
