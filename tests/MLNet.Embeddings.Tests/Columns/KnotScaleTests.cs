namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class KnotScaleTests
{
    private static readonly KnotScale Bins = new([4], [-1, 0, 2, 10], null, [2], hasMissing: false);

    [TestMethod]
    [DataRow(-1f, 0f, DisplayName = "the first knot")]
    [DataRow(-0.25f, 0.75f)]
    [DataRow(0f, 1f, DisplayName = "a knot within")]
    [DataRow(1.5f, 1.75f)]
    [DataRow(8f, 2.75f)]
    [DataRow(10f, 3f, DisplayName = "the last knot")]
    [DataRow(float.MinValue, 0f)]
    [DataRow(float.MaxValue, 3f)]
    [DataRow(float.NegativeInfinity, 0f)]
    [DataRow(float.PositiveInfinity, 3f)]
    [DataRow(float.NaN, 2f, DisplayName = "missing")]
    public void Apply_WithoutHeights_CountsKnots(float number, float expected) => CollectionAssert.AreEqual(new[] { expected }, Apply(Bins, number));

    [TestMethod]
    public void Apply_Heights_AreReachedInStraightLines()
    {
        var scale = new KnotScale([3], [0, 1, 3], [-2, 0, 0.5f], [0.5f], hasMissing: true);

        CollectionAssert.AreEqual(new float[] { -2, 0 }, Apply(scale, -7));
        CollectionAssert.AreEqual(new float[] { -0.5f, 0 }, Apply(scale, 0.75f));
        CollectionAssert.AreEqual(new float[] { 0.25f, 0 }, Apply(scale, 2));
        CollectionAssert.AreEqual(new float[] { 0.5f, 0 }, Apply(scale, 99));
        CollectionAssert.AreEqual(new float[] { -1, 1 }, Apply(scale, float.NaN));
    }

    [TestMethod]
    public void Apply_LargeNumbersCloseTogether_AreToldApart()
    {
        var scale = new KnotScale([3], [1e9, 1e9 + 1, 1e9 + 3], null, [1e9], hasMissing: false);

        CollectionAssert.AreEqual(new[] { 0.25f }, Apply(scale, 1e9 + 0.25));
        CollectionAssert.AreEqual(new[] { 1.5f }, Apply(scale, 1e9 + 2));
    }

    [TestMethod]
    public void Apply_SeveralNumbers_HaveKnotsOfTheirOwn()
    {
        var scale = new KnotScale([2, 1, 3], [0, 1, 5, 10, 20, 30], null, [1, 5, 30], hasMissing: true);

        CollectionAssert.AreEqual(new float[] { 0.5f, 0, 1.5f, 0, 0, 0 }, Apply(scale, 0.5f, 7, 25));
        CollectionAssert.AreEqual(new float[] { 1, 0, 2, 1, 1, 1 }, Apply(scale, float.NaN, float.NaN, float.NaN));
    }

    [TestMethod]
    [DataRow(float.MinValue, 0f)]
    [DataRow(0f, 0.5f)]
    [DataRow(float.MaxValue, 1f)]
    public void Apply_KnotsAtTheEndsOfFloats_DoesNotOverflow(float number, float expected) =>
        CollectionAssert.AreEqual(new[] { expected }, Apply(new KnotScale([2], [float.MinValue, float.MaxValue], null, [0], hasMissing: false), number));

    [TestMethod]
    public void Apply_RisingNumbers_NeverFalls()
    {
        double[] knots = [.. Numbers.Random(200, seed: 1).Order().Select(knot => (double)knot)];
        var scale = new KnotScale([200], knots, [.. Numbers.Random(200, seed: 2).Order()], [0], hasMissing: false);

        float[] results = [.. Enumerable.Range(-1_100, 2_200).Select(i => Apply(scale, i / 1_000f)[0])];

        CollectionAssert.AreEqual(results.Order().ToArray(), results);
    }

    private static float[] Apply(KnotScale scale, params double[] values)
    {
        float[] result = new float[scale.Width];
        scale.Apply(values, result);
        return result;
    }
}
