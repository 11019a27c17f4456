namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ReadAheadTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Of_AnySequence_KeepsItsOrder(int ahead)
    {
        int[] items = [.. ReadAhead.Of(Enumerable.Range(0, 1_000), ahead)];

        CollectionAssert.AreEqual(Enumerable.Range(0, 1_000).ToArray(), items);
    }

    [TestMethod]
    public void Of_Source_RunsOnAnotherThread()
    {
        static IEnumerable<int> Threads()
        {
            yield return Environment.CurrentManagedThreadId;
        }

        Assert.AreNotEqual(Environment.CurrentManagedThreadId, ReadAhead.Of(Threads(), ahead: 1).Single());
    }

    [TestMethod]
    public void Of_SourceThrows_GivesTheItemsBeforeAndThenItsException()
    {
        static IEnumerable<int> Failing()
        {
            yield return 1;
            throw new FormatException("the second");
        }
        List<int> taken = [];

        var error = Assert.ThrowsExactly<FormatException>(() => taken.AddRange(ReadAhead.Of(Failing(), ahead: 5).Select(item => item)));

        Assert.AreEqual("the second", error.Message);
    }

    [TestMethod]
    public void Of_GivenUp_EndsAndDisposesTheSource()
    {
        var source = new Endless();

        int[] taken = [.. ReadAhead.Of(source.Items(), ahead: 2).Take(5)];

        CollectionAssert.AreEqual(new[] { 0, 1, 2, 3, 4 }, taken);
        Assert.IsTrue(source.Ended);
        Assert.IsLessThanOrEqualTo(9, source.Made);
    }

    private sealed class Endless
    {
        internal int Made { get; private set; }
        internal bool Ended { get; private set; }

        internal IEnumerable<int> Items()
        {
            try
            {
                while (true) yield return Made++;
            }
            finally
            {
                Ended = true;
            }
        }
    }
}
