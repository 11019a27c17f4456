namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class TermIndexTests
{
    [TestMethod]
    public void NumberOf_RepeatedKeys_CountsThemByFirstAppearance()
    {
        var index = new TermIndex(keyCount: 7);

        int[] numbers = [.. new[] { 5, 0, 5, 7, 0, 1 }.Select(index.NumberOf)];

        CollectionAssert.AreEqual(new[] { 0, 1, 0, 2, 1, 3 }, numbers);
        CollectionAssert.AreEqual(new[] { 5, 0, 7, 1 }, index.TakeTerms());
    }

    [TestMethod]
    public void TakeTerms_NextBatch_StartsAnew()
    {
        var index = new TermIndex(keyCount: 3);
        index.NumberOf(3);
        index.NumberOf(2);
        index.TakeTerms();

        Assert.AreEqual(0, index.NumberOf(2));
        Assert.AreEqual(1, index.NumberOf(3));
        CollectionAssert.AreEqual(new[] { 2, 3 }, index.TakeTerms());
        Assert.IsEmpty(index.TakeTerms());
    }
}
