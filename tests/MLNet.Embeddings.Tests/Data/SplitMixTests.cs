namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class SplitMixTests
{
    [TestMethod]
    public void Next_KnownSeed_GivesThePublishedNumbers()
    {
        // Of the reference implementation by Vigna, splitmix64.c, for the seed 1234567.
        var random = new SplitMix(1_234_567);

        CollectionAssert.AreEqual(
            new[] { 6_457_827_717_110_365_317ul, 3_203_168_211_198_807_973ul, 9_817_491_932_198_370_423ul },
            new[] { random.Next(), random.Next(), random.Next() });
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(6)]
    public void Below_ManyDraws_AreUniform(int bound)
    {
        var random = new SplitMix(1);
        int[] counts = new int[bound];

        for (int i = 0; i < 60_000; i++) counts[random.Below(bound)]++;

        foreach (int count in counts) Assert.AreEqual(60_000.0 / bound, count, 400);
    }

    [TestMethod]
    public void NextDouble_ManyDraws_AreUniform()
    {
        var random = new SplitMix(2);
        double[] draws = [.. Enumerable.Range(0, 10_000).Select(_ => random.NextDouble())];

        Assert.IsTrue(draws.All(draw => draw is >= 0 and < 1));
        Assert.AreEqual(0.5, draws.Average(), 0.02);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(3)]
    [DataRow(10)]
    public void Draw_SomeItems_KeepsAllItems(int count)
    {
        int[] items = [.. Enumerable.Range(0, 10)];

        new SplitMix(3).Draw<int>(items, count);

        CollectionAssert.AreEquivalent(Enumerable.Range(0, 10).ToArray(), items);
        if (count == 0) CollectionAssert.AreEqual(Enumerable.Range(0, 10).ToArray(), items);
    }

    [TestMethod]
    public void Draw_ManyTimes_GivesEachItemItsTurn()
    {
        var random = new SplitMix(4);
        int[] first = new int[5];

        for (int i = 0; i < 5_000; i++)
        {
            int[] items = [0, 1, 2, 3, 4];
            random.Draw<int>(items, 2);
            first[items[0]]++;
        }

        foreach (int count in first) Assert.AreEqual(1_000, count, 120);
    }

    [TestMethod]
    public void Split_TwoGenerators_GoTheirOwnWays()
    {
        var random = new SplitMix(5);
        SplitMix one = random.Split(), two = random.Split();

        Assert.AreNotEqual(one.Next(), two.Next());
    }
}
