namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class EarlyStoppingTests
{
    [TestMethod]
    [DataRow(1, 0, "5 4 3 2 1", 5, 0, DisplayName = "ever better")]
    [DataRow(1, 0, "5 6 1", 1, 2)]
    [DataRow(2, 0, "5 6 7 1", 1, 3)]
    [DataRow(2, 0, "5 6 4 5 3 4 5 1", 5, 7)]
    [DataRow(2, 0, "5 5 5 1", 1, 3, DisplayName = "equal is not better")]
    [DataRow(2, 0.5, "5 4.5 4.25 3 2.75 2.5", 4, 6, DisplayName = "better by less than the least gain")]
    [DataRow(1, 1, "5 4 1", 1, 2, DisplayName = "better by just the least gain")]
    public void IsBest_Losses_KeepsTheBestAndStopsInTime(int patience, double minDelta, string losses, int best, int stop)
    {
        var stopping = new EarlyStopping(patience, minDelta);
        int stoppedAfter = 0, epoch = 0;

        foreach (double loss in losses.Split(' ').Select(double.Parse))
        {
            bool isBest = stopping.IsBest(++epoch, loss);
            Assert.AreEqual(isBest, stopping.BestEpoch == epoch);
            if (!stopping.ShouldStop(epoch)) continue;
            stoppedAfter = epoch;
            break;
        }

        Assert.AreEqual(best, stopping.BestEpoch);
        Assert.AreEqual(stop, stoppedAfter);
    }

    [TestMethod]
    [DataRow(double.MaxValue)]
    [DataRow(0)]
    [DataRow(-3)]
    public void IsBest_FirstEpoch_IsTheBestSoFar(double loss)
    {
        var stopping = new EarlyStopping(patience: 1, minDelta: 1);

        Assert.AreEqual(0, stopping.BestEpoch);
        Assert.IsTrue(stopping.IsBest(1, loss));
        Assert.IsFalse(stopping.ShouldStop(1));
    }
}
