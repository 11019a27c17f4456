namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class RocCurveTests
{
    [TestMethod]
    public void Of_ScoresWithTies_HasAPointForEachScoreAndCountsTiesAsHalf()
    {
        var curve = RocCurve.Of([(true, 0.2f), (false, 0.6f), (true, 0.9f), (false, 0.1f), (true, 0.6f), (false, 0.2f)]);

        RocPoint[] expected = [new(0, 0), new(0, 1 / 3.0), new(1 / 3.0, 2 / 3.0), new(2 / 3.0, 1), new(1, 1)];
        CollectionAssert.AreEqual(expected, curve.Points.ToArray());
        // Of nine pairs, the positives' win 3, 2 and a half, and 1 and a half.
        Assert.AreEqual(7 / 9.0, curve.Area, 1e-12);
        Assert.AreEqual(6, curve.Rows);
    }

    [TestMethod]
    public void Of_EqualScores_IsTheDiagonal()
    {
        var curve = RocCurve.Of([(true, 1f), (false, 1f), (false, 1f)]);

        CollectionAssert.AreEqual(new RocPoint[] { new(0, 0), new(1, 1) }, curve.Points.ToArray());
        Assert.AreEqual(0.5, curve.Area);
    }

    [TestMethod]
    public void Of_InfiniteScores_RanksThem() =>
        Assert.AreEqual(1, RocCurve.Of([(true, float.PositiveInfinity), (false, 0f), (false, float.NegativeInfinity)]).Area);

    [TestMethod]
    public void Of_OneClass_SaysWhich()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => RocCurve.Of([(true, 1f), (true, 2f)]));

        Assert.Contains("All 2 rows are positive; a ROC curve needs rows of both classes: give other rows.", error.Message);
    }
}
