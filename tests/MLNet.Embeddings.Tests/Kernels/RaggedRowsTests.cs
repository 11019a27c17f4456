namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class RaggedRowsTests
{
    [TestMethod]
    public void Set_LengthsWithTerms_GivesEachRowItsOwn()
    {
        var rows = Create([2, 0, 1], [5, 3, 5], terms: 6);

        Assert.AreEqual(3, rows.Count);
        Assert.AreEqual(3, rows.Tokens);
        Assert.AreEqual(6, rows.Terms);
        CollectionAssert.AreEqual((int[])[0, 2, 2, 3], Enumerable.Range(0, 4).Select(rows.Start).ToArray());
        CollectionAssert.AreEqual((int[])[5, 3], rows.TermsOf(0).ToArray());
        Assert.IsTrue(rows.TermsOf(1).IsEmpty);
        Assert.AreEqual(5, rows.Term(2));
    }

    [TestMethod]
    public void Set_LengthsAlone_TakesEachTokenForATerm()
    {
        var rows = Create([2, 1], [0, 0, 0], terms: 1);

        rows.Set([1, 0, 2]);

        Assert.AreEqual(3, rows.Terms);
        CollectionAssert.AreEqual((int[])[1, 2], rows.TermsOf(2).ToArray());
        Assert.AreEqual(2, rows.Term(2));
    }

    [TestMethod]
    public void Set_ArraysThatChangeLater_AreNotSeen()
    {
        int[] lengths = [1], terms = [2];
        var rows = Create(lengths, terms, terms: 3);

        (lengths[0], terms[0]) = (0, 0);

        Assert.AreEqual(1, rows.Length(0));
        Assert.AreEqual(2, rows.Term(0));
    }

    [TestMethod]
    public void Set_MemoryThatHasGrown_AllocatesNothing()
    {
        int[] lengths = [3, 2], terms = [1, 2, 3, 4, 5];
        var rows = Create(lengths, terms, terms: 6);
        rows.Set(lengths);
        long before = GC.GetAllocatedBytesForCurrentThread();

        rows.Set(lengths.AsSpan(1), terms.AsSpan(2, 2), 1_000_000);
        rows.Set(lengths);

        Assert.AreEqual(before, GC.GetAllocatedBytesForCurrentThread());
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

    private static RaggedRows Create(int[] lengths, int[] termOfToken, int terms)
    {
        var rows = new RaggedRows();
        rows.Set(lengths, termOfToken, terms);
        return rows;
    }
}
