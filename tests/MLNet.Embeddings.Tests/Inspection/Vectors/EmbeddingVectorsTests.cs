using Microsoft.Data.Analysis;
using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class EmbeddingVectorsTests
{
    [TestMethod]
    public void Nearest_Term_OrdersByCosineWithoutItself()
    {
        var near = Plane().Nearest("east", 3);

        CollectionAssert.AreEqual(new[] { "north-east", "north", "zero" }, near.Select(one => one.Term).ToArray());
        CollectionAssert.AreEqual(new[] { 1, 2, 4 }, near.Select(one => one.Index).ToArray());
        Assert.AreEqual(Math.Sqrt(0.5), near[0].Similarity, 1e-6);
        Assert.AreEqual(0, near[1].Similarity);
    }

    [TestMethod]
    public void Nearest_Vector_FindsAllWhereMoreAreAskedFor()
    {
        var near = Plane().Nearest([-0.5f, 0], 99);

        CollectionAssert.AreEqual(new[] { "west", "north", "zero", "north-east", "east" }, near.Select(one => one.Term).ToArray());
        Assert.AreEqual(1, near[0].Similarity, 1e-6);
        Assert.AreEqual(-1, near[4].Similarity, 1e-6);
    }

    [TestMethod]
    public void Nearest_ManyOverSeveralThreads_AgreesWithPlainCode()
    {
        const int count = 20_000, dimensions = 24;
        var random = new Random(1);
        // Whole numbers, so that many are as near.
        float[][] vectors = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, dimensions).Select(_ => (float)random.Next(-1, 2)).ToArray())];
        double Cosine(float[] one, float[] other) => one.Zip(other, (x, y) => (double)x * y).Sum() /
            Math.Max(1e-30, Math.Sqrt(one.Sum(x => (double)x * x) * other.Sum(x => (double)x * x)));
        int[] expected = [.. Enumerable.Range(0, count).Where(i => i != 7)
            .OrderByDescending(i => Math.Round(Cosine(vectors[7], vectors[i]), 5)).ThenBy(i => i).Take(5)];

        var near = new EmbeddingVectors([.. Enumerable.Range(0, count).Select(i => $"{i}")], vectors).Nearest("7", 200);

        for (int i = 0; i < near.Count; i++) Assert.AreEqual(Cosine(vectors[7], vectors[near[i].Index]), near[i].Similarity, 1e-5);
        CollectionAssert.AreEquivalent(expected.Select(i => Math.Round(Cosine(vectors[7], vectors[i]), 4)).ToArray(),
            near.Take(5).Select(one => Math.Round(one.Similarity, 4)).ToArray());
        for (int i = 1; i < near.Count; i++)
            Assert.IsTrue(near[i].Similarity < near[i - 1].Similarity || near[i].Similarity == near[i - 1].Similarity && near[i].Index > near[i - 1].Index);
    }

    [TestMethod]
    public void Similarity_Terms_IsTheCosine()
    {
        Assert.AreEqual(-1, Plane().Similarity("east", "west"), 1e-6);
        Assert.AreEqual(0, Plane().Similarity("east", "zero"));
        Assert.AreEqual(1, Plane().Similarity("north-east", "north-east"), 1e-6);
    }

    [TestMethod]
    [DataRow(1e30f)]
    [DataRow(1e-30f)]
    public void Similarity_LengthsWhoseSquaresSingleCannotHold_IsTheCosine(float length)
    {
        var vectors = new EmbeddingVectors(["x", "diagonal", "y", "zero"], [[length, 0], [length, length], [0, 1], [0, 0]]);

        Assert.AreEqual(Math.Sqrt(0.5), vectors.Similarity("x", "diagonal"), 1e-6);
        Assert.AreEqual(Math.Sqrt(0.5), vectors.Similarity("y", "diagonal"), 1e-6);
        Assert.AreEqual(0, vectors.Similarity("x", "zero"));
        var near = vectors.Nearest([0, 3 * length], 2);
        CollectionAssert.AreEqual(new[] { "y", "diagonal" }, near.Select(one => one.Term).ToArray());
        Assert.AreEqual(1, near[0].Similarity, 1e-6);
        Assert.AreEqual(Math.Sqrt(0.5), near[1].Similarity, 1e-6);
        CollectionAssert.AreEqual(new[] { length, 0 }, vectors["x"].ToArray(), "they stay as they are");
    }

    [TestMethod]
    public void Constructor_MoreNumbersThanAnArrayHolds_SaysSo()
    {
        float[] vector = new float[100_000];

        var error = Assert.ThrowsExactly<ArgumentException>(
            () => new EmbeddingVectors(Enumerable.Repeat("a", 30_000).ToArray(), Enumerable.Repeat(vector, 30_000).ToArray()));

        StringAssert.StartsWith(error.Message, $"30000 vectors of 100000 numbers do not fit into one array, which has room for {Array.MaxLength / 100_000}.");
    }

    [TestMethod]
    public void Indexer_TermOrPlace_GivesTheVector()
    {
        var plane = Plane();

        CollectionAssert.AreEqual(new float[] { 2, 2 }, plane["north-east"].ToArray());
        CollectionAssert.AreEqual(new float[] { 0, 5 }, plane[2].ToArray());
        Assert.IsTrue(plane.TryGetVector("west", out var west));
        CollectionAssert.AreEqual(new float[] { -3, 0 }, west.ToArray());
        Assert.IsFalse(plane.TryGetVector("south", out var south));
        Assert.IsTrue(south.IsEmpty);
        Assert.AreEqual((5, 2), (plane.Count, plane.Dimensions));
        Assert.IsNull(plane.Missing);
        Assert.IsNull(plane.Unknown);
        StringAssert.StartsWith(
            Assert.ThrowsExactly<KeyNotFoundException>(() => plane["south"]).Message,
            "'south' has no vector: it is none of the 5 terms. Look up what is in Terms");
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => plane[5]);
    }

    [TestMethod]
    public void Map_PointsOnARotatedEllipse_AreAtTheirPlacesOnItsAxes()
    {
        // Around (1, 1, 1): 3 along (2, 1, 2) / 3, 1 along (1, 2, -2) / 3, of which the largest components are positive.
        float[][] vectors = [[3, 2, 3], [-1, 0, -1], [4 / 3f, 5 / 3f, 1 / 3f], [2 / 3f, 1 / 3f, 5 / 3f]];

        var map = new EmbeddingVectors(["a", "b", "c", "d"], vectors).Map();

        CollectionAssert.AreEqual(new[] { "a", "b", "c", "d" }, map.Select(point => point.Term).ToArray());
        // The second axis points to where its largest component, the third or the second, is positive: (1, 2, -2) or (-1, -2, 2).
        double sign = Math.Sign(map[2].Y);
        (double X, double Y)[] expected = [(3, 0), (-3, 0), (0, sign), (0, -sign)];
        for (int i = 0; i < 4; i++)
        {
            Assert.AreEqual(expected[i].X, map[i].X, 1e-5);
            Assert.AreEqual(expected[i].Y, map[i].Y, 1e-5);
        }
        CollectionAssert.AreEqual(map.ToArray(), new EmbeddingVectors(["a", "b", "c", "d"], vectors).Map().ToArray());
    }

    [TestMethod]
    public void Map_OneDimensionOrNoTerms_HasZeros()
    {
        var line = new EmbeddingVectors(["a", "b"], [[1], [3]]).Map();

        CollectionAssert.AreEqual(new[] { new MapPoint("a", -1, 0), new MapPoint("b", 1, 0) }, line.ToArray());
        Assert.IsEmpty(new EmbeddingVectors([], []).Map());
    }

    [TestMethod]
    public void ToDataFrame_Vectors_HasAColumnForEachDimension()
    {
        DataFrame frame = Plane().ToDataFrame();

        CollectionAssert.AreEqual(new[] { "Term", "V1", "V2" }, frame.Columns.Select(column => column.Name).ToArray());
        Assert.AreEqual("north", frame["Term"][2]);
        Assert.AreEqual(5f, frame["V2"][2]);
    }

    [TestMethod]
    public void Of_RowsOfAView_TakesThemAll()
    {
        var view = new MLContext().Data.LoadFromEnumerable<Point>([new() { Id = 7, Place = [1, 2] }, new() { Id = 7, Place = [3, 4] }]);

        var rows = EmbeddingVectors.Of(view, "Id", "Place");

        CollectionAssert.AreEqual(new[] { "7", "7" }, rows.Terms.ToArray());
        CollectionAssert.AreEqual(new float[] { 1, 2 }, rows["7"].ToArray(), "the first of several");
        Assert.AreEqual(1, rows.Nearest("7", 5).Single().Index);
        foreach (var (term, vector, message) in new[] { ("Id", "Id", "expected Vector<Single>"), ("Name", "Place", "'Name'"), ("Place", "Place", "one text") })
            StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => EmbeddingVectors.Of(view, term, vector)).Message, message);
    }

    [TestMethod]
    [DataRow("There are 2 terms and 1 vectors", new[] { 1f })]
    [DataRow("Vector 1, that of 'b', has 2 numbers", new[] { 1f }, new[] { 1f, 2f })]
    [DataRow("Vector 1, that of 'b', holds NaN", new[] { 1f }, new[] { float.NaN })]
    public void Constructor_UnfitVectors_AreRefused(string message, params float[][] vectors) =>
        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(() => new EmbeddingVectors(["a", "b"], vectors)).Message, message);

    [TestMethod]
    public void Nearest_UnfitVectorOrCount_IsRefused()
    {
        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(() => Plane().Nearest([1], 1)).Message, "The vector has 1 numbers");
        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(() => Plane().Nearest([1, float.NaN], 1)).Message, "The vector holds NaN");
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Plane().Nearest("east", 0));
    }

    private static EmbeddingVectors Plane() => new(["east", "north-east", "north", "west", "zero"], [[1, 0], [2, 2], [0, 5], [-3, 0], [0, 0]]);

    private sealed class Point
    {
        public int Id { get; set; }

        [Microsoft.ML.Data.VectorType(2)] public float[] Place { get; set; } = [];
    }
}
