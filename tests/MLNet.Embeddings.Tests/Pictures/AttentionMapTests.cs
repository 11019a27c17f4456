namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class AttentionMapTests
{
    [TestMethod]
    public void SavePlot_Shares_DrawsARowForEachTokenOfTheOutput()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "attention.svg");

        new AttentionMap(["a", " ", "c"], ["x", "y"], [1, 0, 0, 0, 0, 1]).SavePlot(path);

        var picture = new SvgPicture(path);
        // x attended to a: top left. y attended to c: bottom right.
        double[][] dark = picture.Shapes("rect", "#0072B2", "x", "y");
        Assert.HasCount(2, dark);
        Assert.IsLessThan(dark[1][0], dark[0][0]);
        Assert.IsLessThan(dark[1][1], dark[0][1]);
        CollectionAssert.IsSubsetOf(new[] { "a", "␣", "c", "x", "y", "Source", "Output" }, picture.Texts.Select(text => text.Text).ToArray());
    }

    [TestMethod]
    public void Constructor_WrongCountOfShares_SaysWhichIsNeeded()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => new AttentionMap(["a", "b"], ["x"], [1]));

        Assert.Contains("There are 1 shares; 1 tokens of output and 2 of source need 2", error.Message);
    }
}
