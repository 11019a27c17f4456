namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class CalibrationTests
{
    [TestMethod]
    public void Of_Rows_AveragesThoseOfEachBin()
    {
        var calibration = Calibration.Of([(true, 0.95f), (true, 0.05f), (true, 1f), (false, 0.09f), (true, 0.1f), (false, 0.9f)]);

        (int Rows, double Mean, double Share)[] expected = [(2, 0.07, 0.5), (1, 0.1, 1), (3, 0.95, 2 / 3.0)];
        Assert.HasCount(expected.Length, calibration.Bins);
        foreach (var (bin, (rows, mean, share)) in calibration.Bins.Zip(expected))
        {
            Assert.AreEqual(rows, bin.Rows);
            Assert.AreEqual(mean, bin.MeanProbability, 1e-6);
            Assert.AreEqual(share, bin.PositiveShare, 1e-6);
        }
        // (2 · 0.43 + 1 · 0.9 + 3 · 0.28333) / 6
        Assert.AreEqual(0.435, calibration.Error, 1e-6);
    }

    [TestMethod]
    public void Of_OneClass_HasItsBins()
    {
        var calibration = Calibration.Of([(false, 0f), (false, 0f)]);

        CollectionAssert.AreEqual(new CalibrationBin[] { new(2, 0, 0) }, calibration.Bins.ToArray());
        Assert.AreEqual(0, calibration.Error);
    }

    [TestMethod]
    public void Of_Scores_SaysThatTheyAreNoProbabilities()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => Calibration.Of([(false, 0.5f), (true, 1.5f)]));

        Assert.Contains("A probability must be from 0 to 1; one was 1.5. Name the column of probabilities.", error.Message);
    }
}
