namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ResidualsTests
{
    [TestMethod]
    public void Residuals_Rows_AreTrueMinusPredicted()
    {
        var residuals = new Residuals([(3, 1), (5, 6)]);

        CollectionAssert.AreEqual(new double[] { 2, -1 }, residuals.Values.ToArray());
        Assert.AreEqual(0.5, residuals.Mean);
        Assert.AreEqual(Math.Sqrt(2.5), residuals.RootMeanSquare, 1e-12);
    }
}
