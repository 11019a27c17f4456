using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class RegressionPlotExtensionsTests
{
    private static readonly MLContext Context = new(seed: 1);

    [TestMethod]
    public void SaveResidualPlot_ScoredRows_DrawsThoseThatHaveBothNumbers()
    {
        var picture = Draw([(3, 1), (float.NaN, 2), (5, 6), (4, float.NaN)]);

        // (1, 2) and (6, -1): the second is right of the first and below it.
        double[][] points = Points(picture);
        Assert.HasCount(2, points);
        Assert.IsLessThan(points[1][0], points[0][0]);
        Assert.IsLessThan(points[1][1], points[0][1]);
        CollectionAssert.Contains(picture.Texts.Select(text => text.Text).ToArray(), "Residuals of 2 rows: root mean square 1.581, mean 0.5");
    }

    [TestMethod]
    public void SaveResidualPlot_ManyRows_DrawsSomeOfThem() =>
        Assert.HasCount(5_000, Points(Draw([.. Enumerable.Range(0, 12_345).Select(i => (i % 7f, i % 11f))])));

    // The fill has an opacity, and so is the same colour.
    private static double[][] Points(SvgPicture picture) => picture.Shapes("ellipse", "#0072B2", "cx", "cy");

    private static SvgPicture Draw((float Label, float Score)[] rows)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "residuals.svg");
        var data = Context.Data.LoadFromEnumerable(rows.Select(row => new ScoredRow { Amount = row.Label, Score = row.Score }));
        Context.Regression.SaveResidualPlot(data, path, labelColumnName: "Amount");
        return new SvgPicture(path);
    }
}
