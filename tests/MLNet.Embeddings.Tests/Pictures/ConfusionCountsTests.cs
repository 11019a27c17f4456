using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ConfusionCountsTests
{
    private static readonly MLContext Context = new(seed: 1);

    [TestMethod]
    public void Of_MulticlassMetrics_HasTheirNamesAndRowsByTrueClass()
    {
        var counts = ConfusionCounts.Of(Multiclass());

        CollectionAssert.AreEqual(new[] { "cat", "dog", "cow" }, counts.Classes.ToArray());
        double[][] expected = [[2, 1, 0], [0, 1, 0], [0, 1, 0]];
        foreach (var (row, right) in counts.Counts.Zip(expected)) CollectionAssert.AreEqual(right, row.ToArray());
        Assert.AreEqual((5, 3 / 5.0), (counts.Rows, counts.Accuracy));
        Assert.AreEqual((2 / 3.0, 1, 0), (counts.Share(0, 0), counts.Share(2, 1), counts.Share(2, 2)));
    }

    [TestMethod]
    public void Of_BinaryMetrics_NamesThePositiveClassFirst()
    {
        var data = Context.Data.LoadFromEnumerable<ScoredRow>([new() { Label = true, Score = 1 }, new() { Label = true, Score = -1 }, new() { Score = -1 }]);

        var counts = ConfusionCounts.Of(Context.BinaryClassification.EvaluateNonCalibrated(data).ConfusionMatrix);

        CollectionAssert.AreEqual(new[] { "positive", "negative" }, counts.Classes.ToArray());
        CollectionAssert.AreEqual(new double[] { 1, 1 }, counts.Counts[0].ToArray());
        CollectionAssert.AreEqual(new double[] { 0, 1 }, counts.Counts[1].ToArray());
    }

    [TestMethod]
    public void Largest_FewerClasses_KeepsThoseWithMostRowsInTheirOrder()
    {
        var largest = new ConfusionCounts(["a", "b", "c"], [[4, 1, 2], [0, 1, 0], [3, 0, 5]]).Largest(2);

        CollectionAssert.AreEqual(new[] { "a", "c" }, largest.Classes.ToArray());
        CollectionAssert.AreEqual(new double[] { 4, 2 }, largest.Counts[0].ToArray());
        CollectionAssert.AreEqual(new double[] { 3, 5 }, largest.Counts[1].ToArray());
    }

    [TestMethod]
    public void SavePlot_Matrix_WritesNamesAndCounts()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "confusion.svg");

        Multiclass().SavePlot(path);

        var texts = new SvgPicture(path).Texts;
        var cells = texts.Where(text => text.Text is "2" or "1" or "0").ToArray();
        Assert.HasCount(9, cells);
        Assert.HasCount(2, texts.Where(text => text.Text == "cow").ToArray());
        CollectionAssert.Contains(texts.Select(text => text.Text).ToArray(), "Classes of 5 rows, 60.0 % right");
        // Two cats were found: top left.
        var found = cells.Single(cell => cell.Text == "2");
        Assert.AreEqual((cells.Min(cell => cell.Left), cells.Min(cell => cell.Y)), (found.Left, found.Y));
    }

    private static ConfusionMatrix Multiclass()
    {
        var data = Context.Data.LoadFromEnumerable<Guess>(
            [new("cat", "cat"), new("dog", "dog"), new("cow", "dog"), new("cat", "cat"), new("cat", "dog")]);
        var classes = Context.Data.LoadFromEnumerable<ClassName>([new("cat"), new("dog"), new("cow")]);
        // The names of the joined columns are those of the classes.
        var pipeline = Context.Transforms.Conversion.MapValueToKey([new("Label"), new("PredictedLabel")], keyData: classes)
            .Append(Context.Transforms.Concatenate("Score", "cat", "dog", "cow"));
        return Context.MulticlassClassification.Evaluate(pipeline.Fit(data).Transform(data)).ConfusionMatrix;
    }

    private sealed record ClassName(string Name);

    private sealed record Guess(string Label, string PredictedLabel)
    {
        [ColumnName("cat")]
        public float Cat => PredictedLabel == "cat" ? 0.5f : 0.25f;

        [ColumnName("dog")]
        public float Dog => PredictedLabel == "dog" ? 0.5f : 0.25f;

        [ColumnName("cow")]
        public float Cow => PredictedLabel == "cow" ? 0.5f : 0.25f;
    }
}
