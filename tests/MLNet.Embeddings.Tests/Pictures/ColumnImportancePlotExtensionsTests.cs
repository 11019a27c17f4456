using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ColumnImportancePlotExtensionsTests
{
    [TestMethod]
    public void SavePlot_Columns_DrawsBarsOfTheirMeansFromTheTop()
    {
        var picture = Draw(new("Income", "AreaUnderRocCurve", 0.91234, [Column("age", 0.2), Column("sex", 0.05), Column("race", -0.05)]));

        string[] texts = [.. picture.Texts.Select(text => text.Text)];
        CollectionAssert.IsSubsetOf(new[] { "What Income is predicted from", "Worsening of AreaUnderRocCurve by shuffling, from 0.9123" }, texts);
        double[] lines = [.. new[] { "age", "sex", "race" }.Select(name => picture.Texts.Single(text => text.Text == name).Y)];
        CollectionAssert.AreEqual(lines.Order().ToArray(), lines);
        double[][] bars = picture.Shapes("rect", "#0072B2", "x", "width");
        Assert.HasCount(3, bars);
        // All begin at zero: the last one ends there.
        Assert.AreEqual(bars[0][1] / 4, bars[1][1], 0.1);
        Assert.AreEqual(bars[0][1] / 4, bars[2][1], 0.1);
        Assert.AreEqual(bars[0][0], bars[1][0], 0.1);
        Assert.AreEqual(bars[0][0], bars[2][0] + bars[2][1], 0.1);
    }

    [TestMethod]
    public void SavePlot_MoreThanThirty_DrawsTheFirstThirtyAndSaysSo()
    {
        var picture = Draw(new("Income", "LogLoss", 0.3, [.. Enumerable.Range(0, 31).Select(i => Column($"c{i}", 31 - i))]));

        string[] texts = [.. picture.Texts.Select(text => text.Text)];
        CollectionAssert.IsSubsetOf(new[] { "c0", "c29", "What Income is predicted from: 30 of 31 columns" }, texts);
        CollectionAssert.DoesNotContain(texts, "c30");
    }

    [TestMethod]
    public void SavePlot_NamesThatAreLongOrOnTwoLines_AreShortenedAndOnOne()
    {
        var picture = Draw(new("y", "LogLoss", 0.3, [Column(new string('a', 60), 1), Column("two\nlines\u0002", 1)]));

        CollectionAssert.IsSubsetOf(new[] { $"{new string('a', 40)}…", "two lines" }, picture.Texts.Select(text => text.Text).ToArray());
    }

    [TestMethod]
    public void SavePlot_MetricThatIsNotDefined_IsANameWithoutABar()
    {
        var picture = Draw(new("y", "AreaUnderRocCurve", double.NaN, [Column("a", double.NaN), Column("b", 0.1)]));

        CollectionAssert.Contains(picture.Texts.Select(text => text.Text).ToArray(), "a");
        Assert.HasCount(1, picture.Shapes("rect", "#0072B2"));
    }

    private static ColumnImportance Column(string name, double mean) => new(name, mean, 0.01, [mean]);

    private static SvgPicture Draw(ColumnImportances importances)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "importance.svg");
        importances.SavePlot(path);
        return new SvgPicture(path);
    }
}
