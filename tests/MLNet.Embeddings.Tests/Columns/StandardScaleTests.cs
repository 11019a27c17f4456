namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class StandardScaleTests
{
    [TestMethod]
    public void Apply_MissingKnown_PutsIndicatorsBehindTheNumbers()
    {
        var scale = new StandardScale([2, 20], [1, 10], null, hasMissing: true);

        CollectionAssert.AreEqual(new float[] { 0, -2, 1, 0 }, Apply(scale, float.NaN, 0));
    }

    [TestMethod]
    public void Apply_MissingUnknownInTraining_IsTheMean()
    {
        var scale = new StandardScale([2], [1], null, hasMissing: false);

        CollectionAssert.AreEqual(new float[] { 0 }, Apply(scale, float.NaN));
    }

    [TestMethod]
    [DataRow(float.MaxValue, 100_000f)]
    [DataRow(float.MinValue, -100_000f)]
    public void Apply_FarFromTheMean_IsCutOff(float number, float expected) =>
        CollectionAssert.AreEqual(new[] { expected }, Apply(new StandardScale([0], [1e-3f], null, hasMissing: false), number));

    private static float[] Apply(StandardScale scale, params double[] values)
    {
        float[] result = new float[scale.Width];
        scale.Apply(values, result);
        return result;
    }
}
