namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ColumnBufferTests
{
    [TestMethod]
    [DataRow(0)]
    [DataRow(3)]
    [DataRow(100)]
    public void Take_SomeValues_GivesThemAndBeginsAnew(int expected)
    {
        var buffer = new ColumnBuffer<int>(expected, "numbers");
        buffer.Add(1);
        buffer.AddRange([2, 3]);

        CollectionAssert.AreEqual(new[] { 1, 2, 3 }, buffer.Take());
        buffer.AddRange([]);
        Assert.AreEqual(0, buffer.Count);
        buffer.AddRange([.. Enumerable.Range(0, 500)]);
        buffer.Add(500);
        CollectionAssert.AreEqual(Enumerable.Range(0, 501).ToArray(), buffer.Take());
        Assert.IsEmpty(buffer.Take());
    }

    [TestMethod]
    [DataRow(64L, 65L, 0L, 128, DisplayName = "twice as many")]
    [DataRow(0L, 1L, 0L, 64, DisplayName = "at least some")]
    [DataRow(1_000L, 5_000L, 0L, 5_000, DisplayName = "as many as there are")]
    [DataRow(65_536L, 65_537L, 100_000L, 100_000, DisplayName = "as many as there will be")]
    [DataRow(65_536L, 65_537L, long.MaxValue, 131_072, DisplayName = "no more for a number that cannot be")]
    [DataRow(1_000L, 1_001L, 500L, 2_000, DisplayName = "more than were expected")]
    [DataRow(1_200_000_000L, 1_200_000_001L, 0L, 2_147_483_591, DisplayName = "above 2 to the 30th")]
    [DataRow(2_147_483_590L, 2_147_483_591L, 0L, 2_147_483_591, DisplayName = "as many as an array holds")]
    public void Capacity_Growing_IsBoundedByWhatThereIs(long length, long needed, long expected, int capacity) =>
        Assert.AreEqual(capacity, ColumnBuffer<int>.Capacity(length, needed, expected, "numbers"));

    [TestMethod]
    public void Capacity_MoreThanAnArrayHolds_SaysWhatAndTheCure() => Assert.AreEqual(
        $"There are more than {Array.MaxLength:N0} tokens in column 'Text'; so many can be in memory at once. Train on fewer rows, or stream them with " +
        "ShuffleBufferRows.",
        Assert.ThrowsExactly<InvalidOperationException>(() => ColumnBuffer<int>.Capacity(5, 1L << 31, 0, "tokens in column 'Text'")).Message);

    [TestMethod]
    public void Take_AsManyAsExpected_IsTheArrayItself()
    {
        var buffer = new ColumnBuffer<int>(200_000, "numbers");
        buffer.AddRange(new int[150_000]);
        buffer.AddRange(new int[50_000]);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.HasCount(200_000, buffer.Take());

        Assert.IsLessThan(10_000, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
