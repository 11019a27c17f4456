namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ActivationTests
{
    [TestMethod]
    [DataRow(512)]
    [DataRow(256)]
    [DataRow(128)]
    [DataRow(32)]
    public void Sigmoid_AnyNumber_IsPreciseRelatively(int bits)
    {
        // Below -87 the result is under 1e-38 and only its absolute size is kept.
        foreach (float x in Sweep(-87, 100))
            Assert.AreEqual(1, Apply<Activation.SigmoidFunction>(bits, x) * (1 + Math.Exp(-(double)x)), 4e-7, $"x = {x}");
    }

    [TestMethod]
    [DataRow(512)]
    [DataRow(256)]
    [DataRow(128)]
    [DataRow(32)]
    public void Tanh_AnyNumber_IsPreciseRelatively(int bits)
    {
        foreach (float x in Sweep(-30, 30))
            Assert.AreEqual(1, x == 0 ? 1 : Apply<Activation.TanhFunction>(bits, x) / Math.Tanh(x), 4e-7, $"x = {x}");
    }

    [TestMethod]
    [DataRow(512)]
    [DataRow(256)]
    [DataRow(128)]
    [DataRow(32)]
    public void All_EndsOfTheRange_AreExact(int bits)
    {
        foreach (float x in (float[])[100, 1e10f, float.MaxValue, float.PositiveInfinity])
        {
            Assert.AreEqual(1f, Apply<Activation.SigmoidFunction>(bits, x));
            Assert.AreEqual(0f, Apply<Activation.SigmoidFunction>(bits, -x));
            Assert.AreEqual(1f, Apply<Activation.TanhFunction>(bits, x));
            Assert.AreEqual(-1f, Apply<Activation.TanhFunction>(bits, -x));
            Assert.AreEqual(x, Apply<Activation.ReluFunction>(bits, x));
            Assert.AreEqual(0f, Apply<Activation.ReluFunction>(bits, -x));
        }

        Assert.AreEqual(0.5f, Apply<Activation.SigmoidFunction>(bits, 0));
        Assert.AreEqual(0f, Apply<Activation.TanhFunction>(bits, 0));
    }

    [TestMethod]
    [DataRow(512)]
    [DataRow(256)]
    [DataRow(128)]
    [DataRow(32)]
    public void All_NaN_StaysNaN(int bits)
    {
        // A NaN with low bits set must not turn into a number by integer arithmetic either.
        foreach (float nan in (float[])[float.NaN, -float.NaN, BitConverter.Int32BitsToSingle(0x7FC0_01FF)])
        {
            Assert.IsTrue(float.IsNaN(Apply<Activation.SigmoidFunction>(bits, nan)));
            Assert.IsTrue(float.IsNaN(Apply<Activation.TanhFunction>(bits, nan)));
            Assert.IsTrue(float.IsNaN(Apply<Activation.ReluFunction>(bits, nan)));
        }
    }

    [TestMethod]
    public void All_EveryLength_TreatEachPosition()
    {
        for (int length = 0; length <= 130; length++)
        {
            float[] values = Numbers.Random(length, length);
            float[] sigmoid = [.. values], tanh = [.. values], relu = [.. values];

            Activation.Sigmoid(sigmoid);
            Activation.Tanh(tanh);
            Activation.Relu(relu);

            Numbers.AreClose([.. values.Select(x => 1 / (1 + Math.Exp(-(double)x)))], sigmoid, "sigmoid", 4e-7);
            Numbers.AreClose([.. values.Select(x => Math.Tanh(x))], tanh, "tanh", 4e-7);
            CollectionAssert.AreEqual(values.Select(x => Math.Max(x, 0)).ToArray(), relu);
        }
    }

    /// <summary>The function of a number in the middle of a whole vector.</summary>
    private static unsafe float Apply<TFunction>(int bits, float value) where TFunction : struct, IVectorFunction
    {
        float* values = stackalloc float[16];
        new Span<float>(values, 16).Fill(value);
        Width.Run(bits, new Elementwise<Activation.InPlace<TFunction>>(new(values), 16));
        Assert.AreEqual(values[0], values[15]);
        return values[7];
    }

    private static IEnumerable<float> Sweep(float from, float to)
    {
        for (float x = from; x <= to; x += 0.0137f)
            yield return x;
        for (float x = 1e-30f; x < 1; x *= 7)
        {
            yield return x;
            yield return -x;
        }
    }
}
