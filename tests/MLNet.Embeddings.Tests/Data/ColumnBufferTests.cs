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
}
