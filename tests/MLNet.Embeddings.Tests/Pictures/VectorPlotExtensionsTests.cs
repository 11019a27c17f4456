using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class VectorPlotExtensionsTests
{
    [TestMethod]
    public void SavePlot_ThreeVectors_KeepsTheirDistancesAndNamesThem()
    {
        // Sides of 3, 4 and 5 in a plane, which principal components turn and do not stretch.
        var picture = Draw(new EmbeddingVectors(["corner", "three", "four"], [[1f, 1, 7], [1, 4, 7], [5, 1, 7]]));

        double[][] points = Points(picture);
        Assert.HasCount(3, points);
        double unit = Distance(points[0], points[1]) / 3;
        Assert.AreEqual(4 * unit, Distance(points[0], points[2]), 0.01 * unit);
        Assert.AreEqual(5 * unit, Distance(points[1], points[2]), 0.01 * unit);
        foreach (var (name, point) in new[] { "corner", "three", "four" }.Zip(points))
        {
            var text = picture.Texts.Single(text => text.Text == name);
            Assert.AreEqual(point[0], (text.Left + text.Right) / 2, 60);
            Assert.AreEqual(point[1], text.Y, 30);
        }
    }

    [TestMethod]
    public void SavePlot_Crowd_NamesWithoutCoveringNames()
    {
        var random = new Random(1);
        string[] terms = [.. Enumerable.Range(0, 400).Select(i => $"term-{i}")];
        float[][] vectors = [.. terms.Select(_ => Enumerable.Range(0, 8).Select(_ => random.NextSingle()).ToArray())];

        var picture = Draw(new EmbeddingVectors(terms, vectors));

        Assert.HasCount(400, Points(picture));
        var names = picture.Texts.Where(text => text.Text.StartsWith("term-", StringComparison.Ordinal)).ToArray();
        Assert.IsTrue(names.Length is > 30 and < 300, $"{names.Length} names");
        // Of 300 at most: those of the most frequent terms.
        Assert.IsTrue(Array.TrueForAll(names, name => int.Parse(name.Text[5..]) < 300));
        foreach (var (i, one) in names.Index())
        {
            foreach (var other in names[..i])
                Assert.IsTrue(one.Right < other.Left || other.Right < one.Left || Math.Abs(one.Y - other.Y) > 9, $"{one} and {other}");
        }
    }

    [TestMethod]
    public void SavePlot_MoreThanTenThousand_DrawsTheFirstAndSaysSo()
    {
        var random = new Random(1);
        var vectors = Enumerable.Range(0, 10_001).Select(_ => new[] { random.NextSingle(), random.NextSingle() });

        var picture = Draw(new EmbeddingVectors([.. Enumerable.Range(0, 10_001).Select(i => $"{i}")], [.. vectors]));

        Assert.HasCount(10_000, Points(picture));
        CollectionAssert.Contains(picture.Texts.Select(text => text.Text).ToArray(), "Map of the first 10000 of 10001 vectors");
    }

    [TestMethod]
    public void SavePlot_VectorsThatAreAllTheSame_AreOnePoint()
    {
        double[][] points = Points(Draw(new EmbeddingVectors(["a", "b"], [[1f, 1], [1, 1]])));

        Assert.AreEqual(0, Distance(points[0], points[1]));
    }

    private static double Distance(double[] one, double[] other) => Math.Sqrt(Math.Pow(one[0] - other[0], 2) + Math.Pow(one[1] - other[1], 2));

    private static double[][] Points(SvgPicture picture) => picture.Shapes("ellipse", "#0072B2", "cx", "cy");

    private static SvgPicture Draw(EmbeddingVectors vectors)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "map.svg");
        vectors.SavePlot(path);
        return new SvgPicture(path);
    }
}
