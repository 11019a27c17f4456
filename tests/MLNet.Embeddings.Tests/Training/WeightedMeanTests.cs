namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class WeightedMeanTests
{
    [TestMethod]
    public void Value_SeveralBatches_IsTheSumOverTheWeight()
    {
        var mean = new WeightedMean();

        mean.Add(weightedSum: 6, weight: 2);
        mean.Add(weightedSum: 1, weight: 5);

        Assert.AreEqual(1.0, mean.Value);
    }

    [TestMethod]
    public void Value_NothingAdded_IsZero() => Assert.AreEqual(0.0, new WeightedMean().Value);
}
