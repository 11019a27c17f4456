namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class RowSampleTests
{
    [TestMethod]
    public void Next_FewRows_KeepsAllInOrder()
    {
        var sample = Sample(rows: 1_000, size: 3);

        Assert.AreEqual(1_000, sample.Count);
        CollectionAssert.AreEqual(Enumerable.Range(0, 1_000).Select(row => (double)row).ToArray(), sample.ValuesAt(1));
    }

    [TestMethod]
    public void Next_ManyRows_KeepsAnyOfThemWithEqualChance()
    {
        double[] kept = Sample(rows: 1_000_000, size: 1).ValuesAt(0);

        Assert.HasCount(100_000, kept);
        Assert.HasCount(100_000, kept.Distinct());
        for (int tenth = 0; tenth < 10; tenth++)
            Assert.AreEqual(10_000, kept.Count(row => (int)row / 100_000 == tenth), 400, $"tenth {tenth}"); // four deviations
    }

    [TestMethod]
    public void Next_WideRows_KeepsFewer() => Assert.AreEqual((1 << 24) / 100_000, Sample(rows: 300, size: 100_000).Count);

    private static RowSample Sample(int rows, int size)
    {
        var sample = new RowSample(size);
        for (int row = 0; row < rows; row++) sample.Next().Fill(row);
        return sample;
    }
}
