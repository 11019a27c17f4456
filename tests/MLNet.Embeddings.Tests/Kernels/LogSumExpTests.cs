namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class LogSumExpTests
{
    [TestMethod]
    [DataRow(1f, 0f)]
    [DataRow(100f, 0f)]
    [DataRow(1e4f, 0f)]
    [DataRow(1f, 1e6f)]
    [DataRow(3f, -1e6f)]
    public void Of_AnyLengthAndSize_IsThatOfDoublePrecision(float scale, float shift)
    {
        // Blocks of 512 are taken together.
        foreach (int length in new[] { 1, 2, 3, 511, 512, 513, 1_024, 5_000 })
        {
            float[] values = [.. Numbers.Random(length, length).Select(value => scale * value + shift)];

            double actual = LogSumExp.Of(values);

            double largest = values.Max(), expected = largest + Math.Log(values.Sum(value => Math.Exp(value - largest)));
            Assert.AreEqual(expected, actual, 1e-6 * Math.Max(1, Math.Abs(expected - shift)), $"{length} values");
        }
    }

    [TestMethod]
    public void Of_ExtremeValues_StaysExact()
    {
        Assert.AreEqual(float.MaxValue, LogSumExp.Of([float.MaxValue, 0, float.MinValue]));
        Assert.AreEqual(float.MinValue, LogSumExp.Of([float.MinValue, float.MinValue]), Math.Abs(1e-6 * float.MinValue));
        Assert.AreEqual(0.0, LogSumExp.Of([float.NegativeInfinity, 0]));
        Assert.AreEqual(3.0, LogSumExp.Of([3]));
        Assert.AreEqual(Math.Log(1_000_000), LogSumExp.Of(new float[1_000_000]), 1e-6);
        Assert.IsTrue(double.IsNaN(LogSumExp.Of([0, float.NaN, 1])));
    }
}
