namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class DealtRowsTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    [DataRow(64)]
    public void RowsOf_Parts_HoldEachRowOnceLongestFirst(int threads)
    {
        int[] lengths = [.. Enumerable.Range(0, 50).Select(row => row * 31 % 19)];
        DealtRows deal = Create(lengths, threads);
        var dealt = new List<int>();

        for (int part = 0; part < deal.Parts; part++)
        {
            int[] rows = deal.RowsOf(part).ToArray();
            int[] dealtLengths = [.. rows.Select(row => lengths[row])];
            CollectionAssert.AreEqual(dealtLengths.OrderDescending().ToArray(), dealtLengths);
            Assert.AreEqual(lengths.Sum() / deal.Parts, dealtLengths.Sum(), 19);
            dealt.AddRange(rows);
        }

        Assert.IsLessThanOrEqualTo(threads, deal.Parts);
        CollectionAssert.AreEquivalent(Enumerable.Range(0, 50).ToArray(), dealt);
    }

    [TestMethod]
    public void Deal_PartsOfFewTokens_AreMoreThanThreads()
    {
        var deal = new DealtRows(threads: 2);
        int[] lengths = [.. Enumerable.Repeat(10, 50)];

        deal.Deal(lengths, tokensPerPart: 100);

        Assert.AreEqual(5, deal.Parts);
        CollectionAssert.AreEquivalent(Enumerable.Range(0, 50).ToArray(), Enumerable.Range(0, 5).SelectMany(part => deal.RowsOf(part).ToArray()).ToArray());
    }

    [TestMethod]
    [DataRow(0, 3)]
    [DataRow(1, 2)]
    [DataRow(2, 2)]
    [DataRow(4, 1)]
    [DataRow(5, 0)]
    public void Active_Position_CountsTheLongerRows(int token, int expected)
    {
        DealtRows deal = Create([3, 0, 5, 1], threads: 1);

        Assert.AreEqual(expected, deal.Active(deal.RowsOf(0), 4, token));
        Assert.AreEqual(Math.Min(expected, 1), deal.Active(deal.RowsOf(0), 1, token));
    }

    [TestMethod]
    public void Deal_NoRows_HasOneEmptyPart()
    {
        DealtRows deal = Create([], threads: 2);

        Assert.AreEqual(1, deal.Parts);
        Assert.IsTrue(deal.RowsOf(0).IsEmpty);
    }

    private static DealtRows Create(int[] lengths, int threads)
    {
        var deal = new DealtRows(threads);
        deal.Deal(lengths);
        return deal;
    }
}
