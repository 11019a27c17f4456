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

    [TestMethod]
    public void Merge_PartsInAnyOrder_IsTheSampleOfAll()
    {
        double[] one = ValuesOf(Sample(100_000, size: 2, most: 1_000, part: 3)), other = ValuesOf(Sample(50_000, size: 2, most: 1_000, part: 8));

        Merges.Check(150_000, (part, rows) => Sample(rows, size: 2, part), () => new RowSample(2, 1_000), merged =>
        {
            Assert.AreEqual(1_000, merged.Count);
            double[] values = ValuesOf(merged);
            CollectionAssert.AreEqual(values.Order().ToArray(), values, "in the order of the parts and rows");
            Assert.AreEqual(500, values.Count(row => row < 75_000), 65); // four deviations
        });

        // Whatever is in a sample of all is in the sample of its part.
        byte[][] parts = [Merges.Bytes(Sample(100_000, 2, 1_000, 3)), Merges.Bytes(Sample(50_000, 2, 1_000, 8, first: 100_000))];
        double[] first = ValuesOf(Merges.Merge(new RowSample(2, 1_000), parts));
        CollectionAssert.IsSubsetOf(first.Where(row => row < 100_000).ToArray(), one);
        CollectionAssert.IsSubsetOf(first.Where(row => row >= 100_000).Select(row => row - 100_000).ToArray(), other);
    }

    [TestMethod]
    public void Merge_FewRows_KeepsAllInOrder() =>
        Merges.Check(700, (part, rows) => Sample(rows, size: 1, part), () => new RowSample(1, 1_000), merged =>
            CollectionAssert.AreEqual(Enumerable.Range(0, 700).Select(row => (double)row).ToArray(), ValuesOf(merged)));

    [TestMethod]
    public void Merge_Damaged_IsRefused() => Merges.RefusesDamage(Sample(30, size: 2), () => new RowSample(2));

    [TestMethod]
    public void Quantile_OfASample_IsWithinTheStatedError()
    {
        double bound = Math.Sqrt(Math.Log(2 / 1e-6) / (2 * 1_000));

        for (int part = 0; part < 20; part++)
        {
            double[] sorted = [.. ValuesOf(Sample(20_000, 1, 1_000, part)).Order()];
            for (int i = 0; i < 1_000; i++) Assert.AreEqual((i + 0.5) / 1_000, sorted[i] / 20_000, bound);
        }
    }

    private static double[] ValuesOf(RowSample sample) => sample.ValuesAt(0);

    private static RowSample Sample(Range rows, int size, int part) =>
        Sample(rows.End.Value - rows.Start.Value, size, 1_000, part, rows.Start.Value);

    private static RowSample Sample(int rows, int size, int most, int part, int first = 0)
    {
        var sample = new RowSample(size, most, part);
        for (int row = 0; row < rows; row++) sample.Next().Fill(first + row);
        return sample;
    }

    private static RowSample Sample(int rows, int size)
    {
        var sample = new RowSample(size);
        for (int row = 0; row < rows; row++) sample.Next().Fill(row);
        return sample;
    }
}
