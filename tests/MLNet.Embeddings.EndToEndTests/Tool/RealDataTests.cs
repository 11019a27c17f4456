namespace MLNet.Embeddings.Tests.Tool;

/// <summary>Tests what train decides of real files.</summary>
[TestClass]
public sealed class RealDataTests
{
    [TestMethod]
    [DataRow("suite/titanic/titanic-train.csv", "Survived", "Predicting whether Survived is '1' (38.3 % of rows).")]
    [DataRow("suite/ramen-ratings/ramen-ratings-test.csv", "Stars", "Predicting Stars as a number.")]
    [DataRow("github-issues/github-issues-test.tsv", "Area", "separated by tabs, with a header", "left out: an id")]
    [DataRow("suite/youtube-spam/youtube-spam-test.csv", "Label", "the rarer value counts as positive")]
    [DataRow("clothing-reviews/clothing-reviews-multiline.csv", "Rating", "Predicting which of 5 classes Rating is", "200 rows, 10 columns")]
    public void Train_RealFile_DecidesWhatOneWouldExpect(string file, string label, params string[] parts)
    {
        string path = ToolRun.Real(file);
        using var folder = new TemporaryFolder();

        var run = ToolRun.Done(
            "train", path, "--label", label, "--effort", "quick", "--no-baseline", "--report", "none", "--out", Path.Combine(folder.Path, "model.zip"));

        foreach (string part in parts) Assert.Contains(part, run.Output);
    }

    [TestMethod]
    public void Train_TableWithoutTexts_IsComparedWithTrees()
    {
        string train = ToolRun.Real("suite/titanic/titanic-train.csv"), test = ToolRun.Real("suite/titanic/titanic-test.csv");
        using var folder = new TemporaryFolder();

        var run = ToolRun.Done("train", train, "--label", "Survived", "--test", test, "--effort", "quick", "--report", "none", "--out",
            Path.Combine(folder.Path, "model.zip"));

        Assert.Contains("713 rows to train on, 178 of titanic-test.csv to judge by.", run.Output);
        Assert.Contains("FastTree", run.Output);
    }
}
