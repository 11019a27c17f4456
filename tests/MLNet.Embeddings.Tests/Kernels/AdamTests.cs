namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class AdamTests
{
    private static readonly AdamStep Settings =
        new(LearningRate: 0.01f, Beta1: 0.9f, Beta2: 0.999f, Epsilon: 1e-8f, WeightDecay: 0.1f, Step: 1);

    [TestMethod]
    [DataRow(512)]
    [DataRow(256)]
    [DataRow(128)]
    [DataRow(32)]
    public unsafe void Rule_ManySteps_FollowsTheEquations(int bits)
    {
        const int Length = 53;
        float[] weights = Numbers.Random(Length, 1), first = new float[Length], second = new float[Length];
        double[] expected = [.. weights], mean = new double[Length], meanSquare = new double[Length];
        for (int step = 1; step <= 30; step++)
        {
            float[] gradients = Numbers.Random(Length, 100 + step);
            AdamStep settings = Settings with { Step = step };
            fixed (float* w = weights, g = gradients, m = first, v = second)
                Width.Run(bits, new Elementwise<Adam.Rule>(new(w, g, m, v, new(settings)), Length));
            for (int i = 0; i < Length; i++)
                expected[i] = Next(expected[i], gradients[i], ref mean[i], ref meanSquare[i], settings);

            Numbers.AreClose(expected, weights, $"weights after step {step}", 1e-6);
            Numbers.AreClose(mean, first, "first moments", 1e-6);
            Numbers.AreClose(meanSquare, second, "second moments", 1e-6);
        }
    }

    [TestMethod]
    [DataRow(512)]
    [DataRow(256)]
    [DataRow(128)]
    [DataRow(32)]
    public unsafe void RestRule_ManySteps_FollowsTheEquationsOfZeroGradients(int bits)
    {
        const int Length = 37;
        float[] weights = Numbers.Random(Length, 1), first = Numbers.Random(Length, 2);
        float[] second = [.. Numbers.Random(Length, 3).Select(Math.Abs)];
        double[] expected = [.. weights], mean = [.. first], meanSquare = [.. second];
        for (int step = 100; step <= 1100; step++)
        {
            AdamStep settings = Settings with { Step = step, WeightDecay = 0 };
            fixed (float* w = weights, m = first, v = second)
                Width.Run(bits, new Elementwise<Adam.RestRule>(new(w, m, v, new(settings)), Length));
            for (int i = 0; i < Length; i++)
                expected[i] = Next(expected[i], 0, ref mean[i], ref meanSquare[i], settings);

            Numbers.AreClose(expected, weights, $"weights after step {step}", 1e-6);
            if (step is 100 or 300) Numbers.AreClose(mean, first, $"first moments after step {step}", 1e-5);
        }

        Assert.IsFalse(first.Any(float.IsSubnormal), "There is a subnormal moment.");
        Numbers.AreClose(meanSquare, second, "second moments", 1e-4);
    }

    [TestMethod]
    public void Update_OneStep_MovesEachWeightByTheLearningRate()
    {
        float[] weights = [1, -1, 0.5f];

        Adam.Update(weights, [3, -0.001f, 100], new float[3], new float[3], Settings with { WeightDecay = 0, Epsilon = 0 });

        Numbers.AreClose([0.99, -0.99, 0.49], weights, "weights", 1e-6);
    }

    [TestMethod]
    public void Update_ManyWeights_IsTheUpdateOfEachAlone()
    {
        const int Length = 50_001, Middle = 25_000;
        float[] weights = Numbers.Random(Length, 1), gradients = Numbers.Random(Length, 2), first = Numbers.Random(Length, 3);
        float[] second = [.. Numbers.Random(Length, 4).Select(Math.Abs)];
        float[][] expected = [[.. weights], [.. first], [.. second]];
        foreach (Range part in (Range[])[new(0, Middle), new(Middle, Length)])
            Adam.Update(expected[0].AsSpan(part), gradients.AsSpan(part), expected[1].AsSpan(part), expected[2].AsSpan(part), Settings);

        Adam.Update(weights, gradients, first, second, Settings);

        Numbers.AreClose([.. expected[0].Select(value => (double)value)], weights, "weights", 1e-6);
        Numbers.AreClose([.. expected[1].Select(value => (double)value)], first, "first moments", 1e-6);
        Numbers.AreClose([.. expected[2].Select(value => (double)value)], second, "second moments", 1e-6);
    }

    [TestMethod]
    public void Update_GradientScale_IsThatOfScaledGradients()
    {
        float[] weights = Numbers.Random(40, 1), expected = [.. weights], gradients = Numbers.Random(40, 2);
        float[][] moments = [.. Enumerable.Range(0, 4).Select(_ => new float[40])];

        Adam.Update(weights, gradients, moments[0], moments[1], Settings with { GradientScale = 0.125f });

        Adam.Update(expected, [.. gradients.Select(gradient => gradient * 0.125f)], moments[2], moments[3], Settings);
        CollectionAssert.AreEqual(expected, weights);
        CollectionAssert.AreEqual(moments[2], moments[0]);
        CollectionAssert.AreEqual(moments[3], moments[1]);
    }

    [TestMethod]
    [DataRow(1, 7)]
    [DataRow(0, 7)]
    [DataRow(2, 256)]
    public void UpdateRows_SomeRows_EqualsUpdateOfThoseAndLeavesOthers(int threads, int dimensions)
    {
        const int Rows = 400;
        int[] touched = [.. Enumerable.Range(0, Rows).Where(row => row % 3 != 1).OrderBy(row => row * 7919 % Rows)];
        float[] table = Numbers.Random(Rows * dimensions, 1), first = Numbers.Random(Rows * dimensions, 2);
        float[] second = [.. Numbers.Random(Rows * dimensions, 3).Select(Math.Abs)];
        float[] gradients = Numbers.Random(touched.Length * dimensions, 4);
        float[] expectedTable = [.. table], expectedFirst = [.. first], expectedSecond = [.. second];
        for (int i = 0; i < touched.Length; i++)
        {
            Range row = (touched[i] * dimensions)..((touched[i] + 1) * dimensions);
            Span<float> gradient = gradients.AsSpan(i * dimensions, dimensions);
            Adam.Update(expectedTable.AsSpan(row), gradient, expectedFirst.AsSpan(row), expectedSecond.AsSpan(row), Settings);
        }

        Adam.UpdateRows(table, touched, dimensions, gradients, first, second, Settings with { Threads = threads });

        CollectionAssert.AreEqual(expectedTable, table);
        CollectionAssert.AreEqual(expectedFirst, first);
        CollectionAssert.AreEqual(expectedSecond, second);
    }

    [TestMethod]
    public void UpdateRows_NoGradients_IsTheUpdateByZeros()
    {
        float[] table = Numbers.Random(50, 1), first = Numbers.Random(50, 2), second = [.. Numbers.Random(50, 3).Select(Math.Abs)];
        float[] expectedTable = [.. table], expectedFirst = [.. first], expectedSecond = [.. second];
        Adam.UpdateRows(expectedTable, [1, 7, 3], 5, new float[15], expectedFirst, expectedSecond, Settings);

        Adam.UpdateRows(table, [1, 7, 3], 5, gradients: [], first, second, Settings);

        CollectionAssert.AreEqual(expectedTable, table);
        CollectionAssert.AreEqual(expectedFirst, first);
        CollectionAssert.AreEqual(expectedSecond, second);
    }

    [TestMethod]
    [DataRow(-1)]
    [DataRow(4)]
    public void UpdateRows_RowOutsideTable_Throws(int row) =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => Adam.UpdateRows(new float[8], [row], 2, new float[2], new float[8], new float[8], Settings));

    private static double Next(double weight, double gradient, ref double mean, ref double meanSquare, AdamStep settings)
    {
        weight *= 1 - (double)settings.LearningRate * settings.WeightDecay;
        mean = settings.Beta1 * mean + (1 - (double)settings.Beta1) * gradient;
        meanSquare = settings.Beta2 * meanSquare + (1 - (double)settings.Beta2) * gradient * gradient;
        double correctedMean = mean / (1 - Math.Pow(settings.Beta1, settings.Step));
        double correctedSquare = meanSquare / (1 - Math.Pow(settings.Beta2, settings.Step));
        return weight - settings.LearningRate * correctedMean / (Math.Sqrt(correctedSquare) + settings.Epsilon);
    }
}
