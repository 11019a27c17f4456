namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ManagedDropoutTests
{
    [TestMethod]
    [DataRow(0.1)]
    [DataRow(0.5)]
    [DataRow(0.9)]
    public void Apply_ManyValues_DropsTheShareAndScalesTheRest(double share)
    {
        float[] values = new float[100_000];
        Array.Fill(values, 2f);

        new ManagedDropout(share, new SplitMix(1)).Apply(values);

        // The deviation of the share is at most 0.0016.
        Assert.AreEqual(share, values.Count(value => value == 0) / 100_000.0, 0.008);
        Assert.IsTrue(values.All(value => value == 0 || value == 2 * (float)(1 / (1 - share))));
    }

    [TestMethod]
    public void Apply_NoShare_ChangesNothing()
    {
        float[] values = [1, -2, 0];

        new ManagedDropout(share: 0, new SplitMix(1)).Apply(values);

        CollectionAssert.AreEqual(new float[] { 1, -2, 0 }, values);
    }
}
