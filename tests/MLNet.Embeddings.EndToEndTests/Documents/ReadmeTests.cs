namespace MLNet.Embeddings.Tests;

/// <summary>The page that everybody sees first: short, and its quick start gives what it says.</summary>
[TestClass]
public sealed class ReadmeTests
{
    private static readonly Document Readme = new("README.md");

    [TestMethod]
    public void Length_IsAtMostNineHundredWords() =>
        Assert.IsLessThanOrEqualTo(900, File.ReadAllText(Repository.Path("README.md")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length);

    [TestMethod]
    public void QuickStart_TellsGoodReviewsFromBadOnes()
    {
        string[] lines = new DocumentProgram(Readme.Blocks.Where(block => block.IsRun)).Run().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.IsGreaterThan(0.8, double.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.CurrentCulture));
        Assert.Contains("\"PredictedLabel\":\"yes\"", lines[1]);
    }

    [TestMethod]
    public void Commands_AreTheFirstTwo() => CollectionAssert.AreEqual(
        new[] { "dotnet run --project src/MLNet.Embeddings.Tool -c Release -- train examples/data/reviews.csv --label Recommended", "dotnet test -c Release" },
        Readme.Blocks.Where(block => block.Language == "sh").Take(2).Select(block => block.Code.Trim()).ToArray());
}
