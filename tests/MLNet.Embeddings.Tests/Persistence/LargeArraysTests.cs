using System.Diagnostics;

namespace MLNet.Embeddings.Tests;

/// <summary>
/// Arrays whose bytes are more than an <see cref="int"/> counts, through files. They take gigabytes, so they run where MLNET_EMBEDDINGS_LARGE is 1.
/// </summary>
[TestClass]
public sealed class LargeArraysTests
{
    /// <summary>2.2 GiB: more bytes than a span can have.</summary>
    private const int Count = 600_000_000;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Read_ArrayAbove2GiB_IsWhatWasWritten()
    {
        Dictionary<string, WeightArray> arrays = new() { ["first"] = WeightArray.Vector([1, 2, 3]), ["large"] = CreateLarge() };
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "weights.safetensors");
        long start = Stopwatch.GetTimestamp();

        using (var stream = File.Create(path)) SafeTensors.Write(stream, arrays);
        Report("written", start);
        using var file = File.OpenRead(path);
        AssertSame(arrays, SafeTensors.Read(file));
        Report("read", start);
    }

    [TestMethod]
    public void Read_CheckpointWithAnEntryAbove4GiB_IsWhatWasWritten()
    {
        // One array in memory, twice in the entry.
        var large = CreateLarge();
        Dictionary<string, WeightArray> arrays = new() { ["large"] = large, ["moments"] = large }, best = new() { ["large"] = WeightArray.Vector([1, 2, 3]) };
        using var folder = new TemporaryFolder();
        var file = new CheckpointFile(folder.Path);
        long start = Stopwatch.GetTimestamp();

        file.Write(new Checkpoint(new Dictionary<string, string>(), new TrainingPosition(1, 2), [], 3, [4]), arrays, best);
        Report("written", start);
        var read = file.Read();
        Report("read", start);

        AssertSame(arrays, read.Arrays);
        AssertSame(best, read.Best);
        Assert.AreEqual(3, read.Checkpoint.OptimizerSteps);
    }

    private static WeightArray CreateLarge()
    {
        if (Environment.GetEnvironmentVariable("MLNET_EMBEDDINGS_LARGE") != "1") Assert.Inconclusive("MLNET_EMBEDDINGS_LARGE is not 1.");
        float[] values = new float[Count];
        var random = new SplitMix(1);
        for (int i = 0; i < Count; i++) values[i] = i + (float)random.NextDouble();
        return WeightArray.Matrix(Count / 100, 100, values);
    }

    private static void AssertSame(Dictionary<string, WeightArray> expected, IReadOnlyDictionary<string, WeightArray> read)
    {
        CollectionAssert.AreEquivalent(expected.Keys, read.Keys.ToArray());
        foreach (var (name, array) in expected)
        {
            CollectionAssert.AreEqual(array.Extents, read[name].Extents);
            Assert.AreEqual(CheckpointSettings.Hash([array.Values]), CheckpointSettings.Hash([read[name].Values]));
            Assert.IsTrue(array.Values.AsSpan().SequenceEqual(read[name].Values));
        }
    }

    private void Report(string what, long start)
    {
        using var process = Process.GetCurrentProcess();
        TestContext.WriteLine($"{what} after {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s, peak working set {process.PeakWorkingSet64 / 1e9:F2} GB");
    }
}
