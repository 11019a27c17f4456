namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class BinaryObjectiveTests
{
    [TestMethod]
    [DataRow(0f, 1f, 0.69314718, -0.5)]
    [DataRow(0f, 0f, 0.69314718, 0.5)]
    [DataRow(2f, 1f, 0.12692801, -0.11920292)]
    [DataRow(2f, 0f, 2.12692801, 0.88079708)]
    [DataRow(-1000f, 1f, 1000, -1)]
    [DataRow(1000f, 1f, 0, 0)]
    public void Loss_OneRow_IsCrossEntropyAndItsGradient(float score, float label, double loss, double gradient)
    {
        float[] gradients = new float[1];

        double actual = new BinaryObjective().Loss([score], new RowBatch([], [label], [3]), 0, gradients);

        Assert.AreEqual(3 * loss, actual, 1e-6);
        Assert.AreEqual(3 * gradient, gradients[0], 1e-6);
    }

    [TestMethod]
    public void Loss_SeveralRows_IsTheirSumAndTheGradientThatOfTheMean()
    {
        float[] gradients = new float[2];

        double loss = new BinaryObjective().Loss([0, float.NaN], new RowBatch([], [1, 0], [2, 1]), 0, gradients);

        Assert.IsTrue(double.IsNaN(loss));
        Assert.AreEqual(-0.5f, gradients[0]);
        Assert.IsTrue(float.IsNaN(gradients[1]));
    }
}
