namespace MLNet.Embeddings.Tests;

/// <summary>Jobs that run on some threads.</summary>
[TestClass]
public sealed class SideBySideTests
{
    [TestMethod]
    public void Run_JobThatFails_ThrowsTheFirstErrorAndBeginsNoOther()
    {
        List<int> ran = [];

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => SideBySide.Run(1,
            [() => ran.Add(0), () => throw new InvalidOperationException("first"), () => ran.Add(2)]));

        Assert.AreEqual("first", error.Message);
        CollectionAssert.AreEqual(new[] { 0 }, ran);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(9)]
    public void Run_Jobs_RunsEachOnce(int threads)
    {
        int[] runs = new int[5];

        SideBySide.Run(threads, [.. Enumerable.Range(0, 5).Select(i => (Action)(() => Interlocked.Increment(ref runs[i])))]);

        CollectionAssert.AreEqual(new[] { 1, 1, 1, 1, 1 }, runs);
    }
}
