namespace MLNet.Embeddings.Tests;

/// <summary>The features of the wide part, worked out by hand.</summary>
[TestClass]
public sealed class WideFeaturesTests
{
    [TestMethod]
    public void Add_Terms_IsTfIdfOfLengthOne()
    {
        var features = WideFeatures.Of(new WideTerms("T", KeyCount: 4), position: 0, offset: 10, _ => [0, 0, 2, 3, 1]);
        // Keys 2, 4, 2, the unknown 1; nothing; key 3 once.
        var batch = new SequenceBatch(TermBatch.EveryKey, [4, 0, 1], [2, 4, 2, 1, 3]);
        double two = 2 * (1 + Math.Log(2)), four = 1, length = Math.Sqrt(two * two + four * four);

        features.Begin([batch], 0);

        AssertRow([(12, two / length), (14, four / length)], Next(0));
        AssertRow([], Next(1));
        AssertRow([(13, 1)], Next(2));
        features.Begin([batch], 2);
        AssertRow([(13, 1)], Next(2));

        SparseRow Next(int row)
        {
            var given = new SparseRow();
            features.Add([batch], row, given);
            return given;
        }
    }

    [TestMethod]
    public void Add_TermsNumberedWithinABatch_AreTheirKeys()
    {
        var features = WideFeatures.Of(new WideTerms("T", KeyCount: 9), position: 0, offset: 0, _ => [0, 0, 1, 1, 1, 1, 1, 1, 1, 1]);
        var batch = new SequenceBatch([7, 1, 4], [3], [0, 2, 1]);
        var row = new SparseRow();

        features.Begin([batch], 0);
        features.Add([batch], 0, row);

        AssertRow([(4, Math.Sqrt(0.5)), (7, Math.Sqrt(0.5))], row);
    }

    [TestMethod]
    public void Add_Category_IsOneForItsKey()
    {
        var features = WideFeatures.Of(new WideCategory("C", KeyCount: 3), position: 0, offset: 5, _ => []);
        var row = new SparseRow();

        features.Add([new CategoryBatch(TermBatch.EveryKey, [0, 3])], 0, row);
        features.Add([new CategoryBatch([8, 2], [0, 1])], 1, row);

        AssertRow([(5, 1), (7, 1)], row);
    }

    [TestMethod]
    public void Add_Crossed_IsOneForTheKeptPair()
    {
        // Kept are (0, 2), (1, 1), (1, 3) and (4, 0): features 7 to 10.
        var features = WideFeatures.Of(new WideCross("A × B", First: 0, Second: 1, PairCount: 4), position: 2, offset: 7, _ => [0, 2, 1, 1, 1, 3, 4, 0]);
        ColumnBatch[] columns = [new CategoryBatch(TermBatch.EveryKey, [0, 1, 1, 4, 1, 5]), new CategoryBatch(TermBatch.EveryKey, [2, 1, 3, 0, 2, 9])];

        (int, double)[][] expected = [[(7, 1)], [(8, 1)], [(9, 1)], [(10, 1)], [], []];

        foreach (var (i, pairs) in expected.Index())
        {
            var row = new SparseRow();
            features.Add(columns, i, row);
            AssertRow(pairs, row);
        }
    }

    [TestMethod]
    public void Add_Numbers_AreSharedBetweenKnots()
    {
        // Two numbers of 3 and 1 knots: features 0 to 2 and 3 between knots, 4 and 5 their places, 6 and 7 what is missing.
        var column = new WideNumbers("N", [3, 1], HasMissing: true);
        var features = WideFeatures.Of(column, position: 0, offset: 0, _ => []);
        var batch = new NumberBatch([1.25f, 0, 0, 1, /* at the last knot */ 2, 0, 0, 0], Width: 4);
        SparseRow first = new(), second = new();

        features.Add([batch], 0, first);
        features.Add([batch], 1, second);

        Assert.AreEqual(8, column.FeatureCount);
        AssertRow([(1, 0.75), (2, 0.25), (3, 1), (4, 0.25), (5, -1), (7, 1)], first);
        AssertRow([(2, 1), (3, 1), (4, 1), (5, -1)], second);
    }

    private static void AssertRow((int Feature, double Value)[] expected, SparseRow row)
    {
        CollectionAssert.AreEqual(expected.Select(one => one.Feature).ToArray(), row.Features.ToArray());
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i].Value, row.Values[i], 1e-6);
    }
}
