namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class RaggedPlanTests
{
    [TestMethod]
    public void Set_Rows_HaveOneSlotMoreThanTokens()
    {
        RaggedPlan plan = Create([2, 0, 1], [5, 3, 5], terms: 6);

        Assert.AreEqual(6, plan.Slots);
        CollectionAssert.AreEqual((int[])[0, 3, 4], Enumerable.Range(0, 3).Select(plan.FirstSlot).ToArray());
        CollectionAssert.AreEqual((int[])[5, 3, -1, -1, 5, -1], Enumerable.Range(0, 6).Select(plan.Term).ToArray());
    }

    [TestMethod]
    public void Set_Reversed_ReadsEachRowFromItsEnd()
    {
        RaggedPlan plan = Create([2, 0, 3], [5, 3, 1, 2, 4], terms: 6, reversed: true);

        CollectionAssert.AreEqual((int[])[3, 5, -1, -1, 4, 2, 1, -1], Enumerable.Range(0, 8).Select(plan.Term).ToArray());
        CollectionAssert.AreEqual((int[])[1, 0, 4, 3, 2], new[] { (0, 0), (0, 1), (2, 0), (2, 1), (2, 2) }.Select(read => plan.Token(read.Item1, read.Item2)).ToArray());
    }

    [TestMethod]
    public void SlotsOf_Terms_AreAscendingAndComplete()
    {
        RaggedPlan plan = Create([2, 0, 1], [5, 3, 5], terms: 6);

        CollectionAssert.AreEqual((int[])[0, 4], plan.SlotsOf(5).ToArray());
        CollectionAssert.AreEqual((int[])[1], plan.SlotsOf(3).ToArray());
        Assert.IsTrue(plan.SlotsOf(0).IsEmpty);
        Assert.IsTrue(plan.SlotsOf(4).IsEmpty);
    }

    [TestMethod]
    [DataRow(6)]
    [DataRow(-1)]
    public void Set_TermOutOfRange_Throws(int term) =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Create([2], [0, term], terms: 6));

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Set_LengthsThatDoNotFitTheTokens_Throws(int length) =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Create([length], [0, 0], terms: 1));

    private static RaggedPlan Create(int[] lengths, int[] termOfToken, int terms, bool reversed = false)
    {
        var (rows, plan) = (new RaggedRows(), new RaggedPlan(threads: 2, reversed));
        rows.Set(lengths, termOfToken, terms);
        plan.Set(rows);
        return plan;
    }
}
