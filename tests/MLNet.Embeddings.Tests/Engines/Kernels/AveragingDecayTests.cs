namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class AveragingDecayTests
{
    [TestMethod]
    [DataRow(0.05)]
    [DataRow(0.4)]
    [DataRow(0.6)]
    [DataRow(0.99)]
    [DataRow(0.9999)]
    public void Kept_AnySteps_IsTheProductOfTheirDecays(double decay)
    {
        var averaging = new AveragingDecay(decay);
        foreach (var (from, to) in ((int, int)[])[(0, 0), (0, 1), (0, 40), (3, 5), (4, 6), (7, 30), (20, 21), (500, 1300), (90_000, 90_100)])
        {
            double expected = 1;
            for (int step = from + 1; step <= to; step++) expected *= Math.Min(decay, (1.0 + step) / (10.0 + step));

            Assert.AreEqual(expected, averaging.Kept(from, to), 1e-12 * expected, $"{from} to {to}");
        }
    }
}
