namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class BatchPlanTests
{
    [TestMethod]
    [DataRow(0, 4, 0, true)]
    [DataRow(1, 4, 1, true)]
    [DataRow(4, 4, 1, true)]
    [DataRow(103, 4, 26, true)]
    [DataRow(103, 4, 26, false)]
    [DataRow(1000, 7, 143, true)]
    public void Shuffled_AnyCount_HasEveryRowOnceInFullBatchesButOne(int rows, int batchSize, int batches, bool bucketed)
    {
        var table = Tables.OfLengths(Lengths(rows));

        int[][] plan = BatchPlan.Shuffled(table, All(rows), batchSize, bucketed, new SplitMix(1));

        Assert.HasCount(batches, plan);
        Assert.IsLessThanOrEqualTo(1, plan.Count(batch => batch.Length < batchSize));
        CollectionAssert.AreEqual(All(rows), plan.SelectMany(batch => batch).Order().ToArray());
    }

    [TestMethod]
    public void Shuffled_SomeRows_LeavesTheOthersOut()
    {
        int[][] plan = BatchPlan.Shuffled(Tables.OfLengths(Lengths(20)), [3, 5, 19], 2, bucketed: true, new SplitMix(1));

        CollectionAssert.AreEquivalent(new[] { 3, 5, 19 }, plan.SelectMany(batch => batch).ToArray());
    }

    [TestMethod]
    public void Shuffled_OneSeed_IsTheSamePlanAndAnotherEachEpoch()
    {
        var table = Tables.OfLengths(Lengths(300));
        string Plan(SplitMix random) => Describe(BatchPlan.Shuffled(table, All(300), 8, bucketed: true, random));
        SplitMix first = new(5), second = new(5);

        string epoch = Plan(first);

        Assert.AreEqual(epoch, Plan(second));
        Assert.AreNotEqual(epoch, Plan(first));
    }

    [TestMethod]
    public void Shuffled_RaggedSequences_PutsLikeLengthsTogetherInRandomOrder()
    {
        // 1,000 rows are one window of 50 batches of 20 rows, whose lengths go evenly from 0 to 99.
        var table = Tables.OfLengths([.. Enumerable.Range(0, 1000).Select(row => row * 37 % 100)]);

        int[][] plan = BatchPlan.Shuffled(table, All(1000), 20, bucketed: true, new SplitMix(1));

        int[] longest = [.. plan.Select(batch => batch.Max(table.TokensOf))];
        Assert.IsTrue(plan.All(batch => batch.Max(table.TokensOf) - batch.Min(table.TokensOf) <= 2));
        CollectionAssert.AreNotEqual(longest.Order().ToArray(), longest);
    }

    [TestMethod]
    public void Shuffled_NotBucketed_MixesAllLengths()
    {
        var table = Tables.OfLengths([.. Enumerable.Range(0, 1000).Select(row => row * 37 % 100)]);

        int[][] plan = BatchPlan.Shuffled(table, All(1000), 20, bucketed: false, new SplitMix(1));

        Assert.IsTrue(plan.All(batch => batch.Max(table.TokensOf) - batch.Min(table.TokensOf) > 50));
    }

    [TestMethod]
    public void Shuffled_NoSequences_IsARandomOrder()
    {
        var table = Tables.Of(new CategoryData(new int[100], keyCount: 1, hasUnknown: true), 100);

        int[] order = [.. BatchPlan.Shuffled(table, All(100), 10, bucketed: true, new SplitMix(1)).SelectMany(batch => batch)];

        CollectionAssert.AreNotEqual(All(100), order);
        CollectionAssert.AreEquivalent(All(100), order);
    }

    [TestMethod]
    public void Ordered_RaggedSequences_GoesByLength()
    {
        var table = Tables.OfLengths(5, 0, 9, 3, 7);

        int[][] plan = BatchPlan.Ordered(table, [0, 1, 2, 3, 4], 2);

        Assert.AreEqual("1 3 | 0 4 | 2", Describe(plan));
    }

    private static int[] All(int rows) => [.. Enumerable.Range(0, rows)];

    private static int[] Lengths(int rows) => [.. Enumerable.Range(0, rows).Select(row => row * 7 % 31)];

    private static string Describe(int[][] plan) => string.Join(" | ", plan.Select(batch => string.Join(' ', batch)));
}
