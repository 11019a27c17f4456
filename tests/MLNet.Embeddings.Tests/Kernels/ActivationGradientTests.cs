namespace MLNet.Embeddings.Tests;

/// <summary>The derivatives beside differences of the functions in double precision, at every width of vectors.</summary>
[TestClass]
public sealed class ActivationGradientTests
{
    private const double Step = 1e-5;

    [TestMethod]
    [DataRow(512)]
    [DataRow(256)]
    [DataRow(128)]
    [DataRow(32)]
    public void All_AnyArgument_AreTheSlopes(int bits)
    {
        for (float x = -12; x < 12; x += 0.037f)
        {
            AssertSlope(Math.Tanh, x, Apply<ActivationGradient.TanhDerivative>(bits, gradient: 3, (float)Math.Tanh(x)), "tanh");
            AssertSlope(Sigmoid, x, Apply<ActivationGradient.SigmoidDerivative>(bits, gradient: 3, (float)Sigmoid(x)), "sigmoid");
            AssertSlope(value => value * Sigmoid(value), x, Apply<ActivationGradient.SiluDerivative>(bits, gradient: 3, x), "silu");
            AssertSlope(value => Math.Max(value, 0), x, Apply<ActivationGradient.ReluDerivative>(bits, gradient: 3, Math.Max(x, 0)), "relu");
        }
    }

    [TestMethod]
    [DataRow(512)]
    [DataRow(256)]
    [DataRow(128)]
    [DataRow(32)]
    public void All_SpecialValues_AreWhatTheyMustBe(int bits)
    {
        foreach (float zero in (float[])[0, -0f, -1, -float.Epsilon, float.NegativeInfinity]) Assert.AreEqual(0f,
            Apply<ActivationGradient.ReluDerivative>(bits, 2, zero));
        foreach (float positive in (float[])[float.Epsilon, 1, float.MaxValue, float.PositiveInfinity])
            Assert.AreEqual(2f, Apply<ActivationGradient.ReluDerivative>(bits, 2, positive));
        foreach (float end in (float[])[-1, 1]) Assert.AreEqual(0f, Apply<ActivationGradient.TanhDerivative>(bits, 2, end));
        foreach (float end in (float[])[0, 1]) Assert.AreEqual(0f, Apply<ActivationGradient.SigmoidDerivative>(bits, 2, end));
        Assert.AreEqual(2f, Apply<ActivationGradient.TanhDerivative>(bits, 2, 0));
        Assert.AreEqual(1f, Apply<ActivationGradient.SiluDerivative>(bits, 2, 0));
        foreach (float large in (float[])[200, 1e10f, float.MaxValue])
        {
            Assert.AreEqual(2f, Apply<ActivationGradient.SiluDerivative>(bits, 2, large), $"{large}");
            Assert.AreEqual(0f, Apply<ActivationGradient.SiluDerivative>(bits, 2, -large), $"{-large}");
        }
        Assert.IsTrue(float.IsNaN(Apply<ActivationGradient.TanhDerivative>(bits, float.NaN, 0.5f)));
        Assert.IsTrue(float.IsNaN(Apply<ActivationGradient.SiluDerivative>(bits, 1, float.NaN)));
    }

    [TestMethod]
    public void All_EveryLength_TreatEachPosition()
    {
        for (int length = 0; length <= 130; length++)
        {
            float[] gradients = Numbers.Random(length, length), values = Numbers.Random(length, 1_000 + length);
            float[] relu = [.. gradients], tanh = [.. gradients], sigmoid = [.. gradients], silu = new float[length];

            ActivationGradient.Relu(relu, values);
            ActivationGradient.Tanh(tanh, values);
            ActivationGradient.Sigmoid(sigmoid, values);
            ActivationGradient.Silu(gradients, values, silu);

            AreProducts(value => value > 0 ? 1 : 0, relu, "relu");
            AreProducts(value => 1 - value * value, tanh, "tanh");
            AreProducts(value => value * (1 - value), sigmoid, "sigmoid");
            AreProducts(value => Sigmoid(value) * (1 + value * (1 - Sigmoid(value))), silu, "silu");

            void AreProducts(Func<double, double> derivative, float[] actual, string what) =>
                Numbers.AreClose([.. gradients.Zip(values, (gradient, value) => gradient * derivative(value))], actual, $"{what} of {length}", 1e-6);
        }
    }

    /// <summary>Values that dropout has scaled up are scaled back.</summary>
    [TestMethod]
    public void TanhAndSigmoid_ScaledValues_AreThoseOfTheValues()
    {
        float[] values = Numbers.Random(40, seed: 1), scaled = [.. values.Select(value => value * 4)];
        float[] tanh = Numbers.Random(40, seed: 2), sigmoid = [.. tanh], expectedTanh = [.. tanh], expectedSigmoid = [.. tanh];

        ActivationGradient.Tanh(tanh, scaled, scale: 0.25f);
        ActivationGradient.Sigmoid(sigmoid, scaled, scale: 0.25f);
        ActivationGradient.Tanh(expectedTanh, values);
        ActivationGradient.Sigmoid(expectedSigmoid, values);

        CollectionAssert.AreEqual(expectedTanh, tanh);
        CollectionAssert.AreEqual(expectedSigmoid, sigmoid);
    }

    private static void AssertSlope(Func<double, double> function, double x, float actual, string what) =>
        Assert.AreEqual(3 * (function(x + Step) - function(x - Step)) / (2 * Step), actual, 3e-6, $"{what} of {x}");

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>The gradient in the middle of a whole vector.</summary>
    private static unsafe float Apply<TDerivative>(int bits, float gradient, float value) where TDerivative : struct, IVectorFunction
    {
        float* gradients = stackalloc float[16], values = stackalloc float[16], results = stackalloc float[16];
        new Span<float>(gradients, 16).Fill(gradient);
        new Span<float>(values, 16).Fill(value);
        Width.Run(bits, new Elementwise<ActivationGradient.Product<TDerivative>>(new(gradients, values, results, 1), 16));
        Assert.AreEqual(results[0], results[15]);
        return results[7];
    }
}
