using System.Globalization;
using System.Text.RegularExpressions;

namespace MLNet.Embeddings.Tests;

/// <summary>Three processes, of which two are killed.</summary>
[TestClass]
public sealed partial class ClusterExampleTests
{
    [TestMethod]
    public void Quick_WithChaos_TrainsAndScoresEachRowOnce()
    {
        using var folder = new TemporaryFolder();

        var run = ChildProcess.Run(Repository.Program("examples/Cluster"), "--quick", "--chaos", "--out", folder.Path);

        Assert.AreEqual(0, run.ExitCode, run.Output + run.Errors);
        Assert.HasCount(2, Regex.Matches(run.Output, "Silo [23] is killed"));
        // How many workers were lost is another number each time: the coordinator that goes on for a lost one counts anew, a silo may have had two.
        Assert.Contains("Workers lost: ", run.Output);
        double[] areas = [.. Areas().Match(run.Output).Groups.Values.Skip(1).Select(group => double.Parse(group.Value, CultureInfo.InvariantCulture))];
        Assert.AreEqual(areas[1], areas[0], 0.05, run.Output);
        Assert.AreEqual(Number(run.Output, "([0-9,]+) rows of 12 shards"), Number(run.Output, "([0-9,]+) are in their files"), run.Output);
        Assert.IsTrue(File.Exists(Path.Combine(folder.Path, "reviews.zip")));
    }

    private static int Number(string output, string pattern) =>
        int.Parse(Regex.Match(output, pattern).Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex("Area under ROC curve │ +([0-9.]+) │ +([0-9.]+) │")]
    private static partial Regex Areas();
}
