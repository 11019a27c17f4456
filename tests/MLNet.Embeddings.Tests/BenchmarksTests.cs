namespace MLNet.Embeddings.Tests;

/// <summary>The benchmark program's peers are the same networks as ours: it refuses to compare when a probability or a loss differs.</summary>
[TestClass]
public sealed class BenchmarksTests
{
    private const string Program = "tests/MLNet.Embeddings.Benchmarks";

    [TestMethod]
    [DataRow("network A, real lengths")]
    [DataRow("network B")]
    public void Speed_OfScoring_ComparesWithPeersOfEqualProbabilities(string network)
    {
        var run = ChildProcess.Run(Repository.Program(Program), "speed", "--quick", "--only", $"scoring of {network}");

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        foreach (string way in new[] { "one row through PredictionEngine", "batches through Transform" })
        {
            foreach (string peer in new[] { "TorchSharp, no_grad", "ONNX Runtime" })
                Assert.ContainsSingle(line => line.StartsWith($"| scoring of {network}, {way} | {peer} |", StringComparison.Ordinal), run.Lines);
        }
    }

    [TestMethod]
    public void Speed_OfAnUnknownName_NamesAllMeasurements()
    {
        var run = ChildProcess.Run(Repository.Program(Program), "speed", "--quick", "--only", "nothing of this name");

        Assert.AreEqual(2, run.ExitCode);
        StringAssert.Contains(run.Errors, "training of network A");
    }

    [TestMethod]
    public void Speed_OfManyClasses_ComparesEqualTrainingsAndHoldsNoScoreOfEveryRow()
    {
        var run = ChildProcess.Run(Repository.Program(Program), "speed", "--quick", "--only", "10,000 classes");

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        const string Training = "| training of network B, 10,000 classes, batch 256, epochs alone | the torch engine on one thread |";
        Assert.ContainsSingle(line => line.StartsWith(Training, StringComparison.Ordinal), run.Lines);
        string memory = Assert.ContainsSingle(line => line.StartsWith("| memory of validating 10,000 classes", StringComparison.Ordinal), run.Lines);
        StringAssert.EndsWith(memory, "| yes |");
    }

    [TestMethod]
    public void Addition_Quick_MeasuresEachNetwork()
    {
        var run = ChildProcess.Run(Repository.Program(Program), "addition", "--quick");

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        foreach (string network in new[] { "attention, both directions", "attention", "the last state alone" })
            Assert.ContainsSingle(line => line.StartsWith($"| {network} | ", StringComparison.Ordinal), run.Lines);
    }

    [TestMethod]
    public void Rounds_Quick_MeasuresBytesAndQuality()
    {
        var run = ChildProcess.Run(Repository.Program(Program), "rounds", "--quick", "--only", "r", "--data", "no-such-folder");

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        Assert.ContainsSingle(line => line.StartsWith("| 4 | 16 bits |", StringComparison.Ordinal), run.Lines);
        Assert.ContainsSingle(line => line.StartsWith("| ratings |", StringComparison.Ordinal), run.Lines);
    }

    [TestMethod]
    public void Sequences_Quick_MeasuresEachSet()
    {
        if (Environment.GetEnvironmentVariable("MLNET_EMBEDDINGS_DATA") is not { Length: > 0 })
            throw new AssertInconclusiveException("MLNET_EMBEDDINGS_DATA names no folder.");

        var run = ChildProcess.Run(Repository.Program(Program), "sequences", "--quick");

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        foreach (string set in new[] { "g2p-small", "eng-fra" })
            Assert.ContainsSingle(line => line.StartsWith($"| {set} | 1000 | 1000 | ", StringComparison.Ordinal), run.Lines);
    }

    [TestMethod]
    public void Sequences_WithoutSets_SaysWhatIsMissing()
    {
        var unknown = ChildProcess.Run(Repository.Program(Program), "sequences", "--only", "nothing of this name");
        var nowhere = ChildProcess.Run(Repository.Program(Program), "sequences", "--data", "no such folder");

        Assert.AreEqual((2, 2), (unknown.ExitCode, nowhere.ExitCode));
        StringAssert.Contains(unknown.Errors, "eng-fra");
        StringAssert.Contains(nowhere.Errors, "--data FOLDER");
    }
}
