namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class DeviationStatisticsTests
{
    [TestMethod]
    public void ToScale_FourNumbers_IsTheirMeanAndDeviation()
    {
        var scale = Measure(1, [1, 2, 3, 4]);

        Assert.AreEqual(2.5f, scale.Mean[0]);
        Assert.AreEqual((float)Math.Sqrt(1.25), scale.Deviation[0]);
        Assert.IsFalse(scale.HasMissing);
        Assert.AreEqual(1, scale.Width);
    }

    [TestMethod]
    public void ToScale_MissingNumbers_LeavesThemOut()
    {
        var scale = Measure(1, [float.NaN, 1, float.NaN, 5]);

        Assert.AreEqual(3f, scale.Mean[0]);
        Assert.AreEqual(2f, scale.Deviation[0]);
        Assert.IsTrue(scale.HasMissing);
        Assert.AreEqual(2, scale.Width);
    }

    [TestMethod]
    public void ToScale_SomeRows_MeasuresThoseAlone()
    {
        var scale = (StandardScale)NumberStatistics.Measure(new NumberData<float>([1, float.NaN, 5, 1000], 1), [], [0, 2])!;

        Assert.AreEqual(3f, scale.Mean[0]);
        Assert.AreEqual(2f, scale.Deviation[0]);
        Assert.IsFalse(scale.HasMissing);
    }

    [TestMethod]
    [DataRow(0f)]
    [DataRow(-7.3f)]
    [DataRow(1e30f)]
    [DataRow(float.MaxValue)]
    public void ToScale_Constant_HasDeviationOneAndGivesZero(float constant)
    {
        var scale = Measure(1, [constant, constant, constant]);

        Assert.AreEqual(constant, scale.Mean[0]);
        Assert.AreEqual(1f, scale.Deviation[0]);
        CollectionAssert.AreEqual(new float[] { 0 }, Apply(scale, constant));
    }

    [TestMethod]
    public void ToScale_AllMissing_HasMeanZeroAndDeviationOne()
    {
        var scale = Measure(1, [float.NaN, float.NaN]);

        Assert.AreEqual(0f, scale.Mean[0]);
        Assert.AreEqual(1f, scale.Deviation[0]);
        CollectionAssert.AreEqual(new float[] { 0, 1 }, Apply(scale, float.NaN));
    }

    [TestMethod]
    public void ToScale_HugeMean_KeepsTheDeviation()
    {
        var scale = Measure(1, [10_000_000, 10_000_100, 10_000_200, 10_000_300]);

        Assert.AreEqual(10_000_150f, scale.Mean[0]);
        Assert.AreEqual((float)Math.Sqrt(12_500), scale.Deviation[0]);
    }

    [TestMethod]
    public void ToScale_SpreadAtTheEndOfAFloatsDigits_StaysWithinAFewDeviations()
    {
        // Ticks of one morning: floats of that size are about two hours apart.
        float[] ticks = [.. Enumerable.Range(0, 6).Select(hour => (float)new DateTime(2026, 3, 1, hour, 0, 0).Ticks)];

        var scale = Measure(1, ticks);

        foreach (float tick in ticks) Assert.IsLessThan(3, Math.Abs(Apply(scale, tick)[0]));
    }

    [TestMethod]
    public void ToScale_Doubles_KeepTheirOffsetAndTheirEnds()
    {
        var scale = (StandardScale)NumberStatistics.Measure(new NumberData<double>([1e12 + 1, 1e12 + 3, double.NaN, 1e12 + 5], 1), [], [0, 1, 2, 3])!;

        Assert.AreEqual(1e12 + 3, scale.Mean[0]);
        Assert.AreEqual(Math.Sqrt(8 / 3.0), scale.Deviation[0], 1e-6);
        float[] result = new float[2];
        scale.Apply([double.NegativeInfinity], result);
        Assert.AreEqual(-2 / Math.Sqrt(8 / 3.0), result[0], 1e-6);
        scale.Apply([double.PositiveInfinity], result);
        Assert.AreEqual(2 / Math.Sqrt(8 / 3.0), result[0], 1e-6);
    }

    [TestMethod]
    public void ToScale_LargestAndSmallestFloats_IsFinite()
    {
        var scale = Measure(1, [float.MaxValue, float.MinValue]);

        Assert.AreEqual(float.MaxValue, scale.Deviation[0]);
        CollectionAssert.AreEqual(new float[] { 1 }, Apply(scale, float.MaxValue));
    }

    [TestMethod]
    public void ToScale_Vectors_MeasuresEachNumberOnItsOwn()
    {
        var scale = Measure(2, [1, 10, 3, 30]);

        CollectionAssert.AreEqual(new double[] { 2, 20 }, scale.Mean);
        CollectionAssert.AreEqual(new float[] { 1, 10 }, scale.Deviation);
    }

    private static StandardScale Measure(int size, float[] values) =>
        (StandardScale)NumberStatistics.Measure(new NumberData<float>(values, size), [], [.. Enumerable.Range(0, values.Length / size)])!;

    private static float[] Apply(StandardScale scale, params double[] values)
    {
        float[] result = new float[scale.Width];
        scale.Apply(values, result);
        return result;
    }
}
