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

    [TestMethod]
    [DataRow(double.PositiveInfinity, 1f)]
    [DataRow(double.NegativeInfinity, -2f)]
    [DataRow(1e300, 1f)]
    [DataRow(3e38, 100_000f, DisplayName = "far, but a number of Single")]
    public void Apply_BeyondSingle_IsTheEndOfWhatWasMeasured(double number, float expected) =>
        CollectionAssert.AreEqual(new[] { expected }, Apply(new StandardScale([0], [10], new([-20], [10]), hasMissing: false), number));

    [TestMethod]
    public void Apply_BeyondSingleWhereNoEndsAreKnown_IsCutOff()
    {
        var scale = new StandardScale([0], [10], null, hasMissing: false);

        CollectionAssert.AreEqual(new[] { 100_000f }, Apply(scale, double.PositiveInfinity));
        CollectionAssert.AreEqual(new[] { -100_000f }, Apply(scale, -1e300));
    }

    [TestMethod]
    public void Apply_LargeNumbersCloseTogether_AreToldApart()
    {
        var scale = new StandardScale([1_700_000_000_000], [500], null, hasMissing: false);

        CollectionAssert.AreEqual(new[] { 2f }, Apply(scale, 1_700_000_001_000));
    }

    /// <summary>Earlier versions computed in single precision.</summary>
    [TestMethod]
    public void Apply_Floats_HasTheBitsOfSinglePrecision()
    {
        var random = new Random(1);
        float Any() => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
        for (int i = 0; i < 100_000; i++)
        {
            float mean = i % 2 == 0 ? Any() : random.NextSingle(), deviation = i % 2 == 0 ? Math.Abs(Any()) : random.NextSingle();
            float number = i % 2 == 0 ? Any() : random.NextSingle();
            if (!float.IsFinite(mean) || !float.IsFinite(number) || !float.IsNormal(deviation)) continue;

            float expected = Math.Clamp((number - mean) / deviation, -100_000, 100_000);
            Assert.AreEqual(expected, Apply(new StandardScale([mean], [deviation], null, hasMissing: false), number)[0], $"{number} {mean} {deviation}");
        }
    }

    private static float[] Apply(StandardScale scale, params double[] values)
    {
        float[] result = new float[scale.Width];
        scale.Apply(values, result);
        return result;
    }
}
