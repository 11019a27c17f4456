namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class UnknownDropoutTests
{
    [TestMethod]
    [DataRow(0.01)]
    [DataRow(0.3)]
    public void Apply_KnownKeys_TurnsTheShareIntoTheUnknownOne(double share)
    {
        var dropout = new UnknownDropout(share, new SplitMix(1));
        const int Count = 200_000;

        int[] keys = [.. Enumerable.Range(0, Count).Select(i => dropout.Apply(2 + i % 50))];

        double deviation = Math.Sqrt(share * (1 - share) / Count);
        Assert.AreEqual(share, keys.Count(key => key == 1) / (double)Count, 5 * deviation);
        Assert.IsTrue(keys.Index().All(key => key.Item == 1 || key.Item == 2 + key.Index % 50));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void Apply_MissingOrUnknownKey_Stays(int key)
    {
        var dropout = new UnknownDropout(0.999, new SplitMix(1));

        Assert.IsTrue(Enumerable.Range(0, 1000).All(_ => dropout.Apply(key) == key));
    }

    [TestMethod]
    public void None_AnyKey_Stays() => Assert.IsTrue(Enumerable.Range(0, 1000).All(key => UnknownDropout.None.Apply(key) == key));
}
