using System.Globalization;
using System.Text.RegularExpressions;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed partial class SimilarReviewsTests
{
    [TestMethod]
    public void Quick_NoData_FindsReviewsOfOneClassAndMind()
    {
        using var folder = new TemporaryFolder();

        var run = ChildProcess.Run(Repository.Program("examples/SimilarReviews"), "--quick", "--out", folder.Path);

        Assert.AreEqual("", run.Errors);
        Assert.AreEqual(0, run.ExitCode, run.Output);
        var shares = BothRow().Match(run.Output);
        Assert.IsTrue(shares.Success, run.Output);
        double[] values = [.. new[] { "nearest", "any" }.Select(name => double.Parse(shares.Groups[name].Value, CultureInfo.InvariantCulture))];
        Assert.IsGreaterThan(2 * values[1], values[0]);
    }

    [GeneratedRegex(@"^│ both +│ +(?<nearest>\d+\.\d) % │ +(?<any>\d+\.\d) % │", RegexOptions.Multiline)]
    private static partial Regex BothRow();
}
