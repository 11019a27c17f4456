namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class GruCellTests
{
    [TestMethod]
    public void Step_EveryNumberOfUnits_FollowsTheEquations()
    {
        for (int units = 1; units <= 130; units++)
        {
            float[] projected = Numbers.Random(3 * units, 1);
            float[] weights = Numbers.Random(3 * units * units, 2);
            float[] bias = Numbers.Random(3 * units, 3);
            float[] hidden = Numbers.Random(units, 4);
            double[] recurrent = Numbers.Product(hidden, 1, weights, 3 * units, units);
            var expected = new double[units];
            for (int i = 0; i < units; i++)
            {
                double reset = Sigmoid(projected[i] + recurrent[i] + bias[i]);
                double update = Sigmoid(projected[units + i] + recurrent[units + i] + bias[units + i]);
                double candidate = Math.Tanh(projected[2 * units + i] + reset * (recurrent[2 * units + i] + bias[2 * units + i]));
                expected[i] = (1 - update) * candidate + update * hidden[i];
            }

            GruCell.Step(projected, PackedMatrix.Of(weights, 3 * units, units), bias, hidden, new float[3 * units + 5]);

            Numbers.AreClose(expected, hidden, $"{units} units");
        }
    }

    [TestMethod]
    [DataRow(512)]
    [DataRow(256)]
    [DataRow(128)]
    [DataRow(32)]
    public unsafe void NextState_EveryWidth_GivesSameState(int bits)
    {
        const int Units = 37;
        float[] input = Numbers.Random(3 * Units, 1);
        float[] recurrent = Numbers.Random(3 * Units, 2);
        float[] hidden = Numbers.Random(Units, 3);
        float[] onceMore = [.. hidden];

        fixed (float* x = input, g = recurrent, h = hidden, scalar = onceMore)
        {
            Width.Run(bits, new Elementwise<GruCell.NextState>(new(x, g, h, Units), Units));
            Width.Run(32, new Elementwise<GruCell.NextState>(new(x, g, scalar, Units), Units));
        }

        Numbers.AreClose([.. onceMore.Select(value => (double)value)], hidden, "state", 1e-6);
    }

    [TestMethod]
    [DataRow(512)]
    [DataRow(256)]
    [DataRow(128)]
    public void TrainingSteps_EveryWidth_GiveWhatPlainFloatsGive(int bits)
    {
        float[] expected = TrainingSteps(32);
        float[] actual = TrainingSteps(bits);

        Numbers.AreClose([.. expected.Select(value => (double)value)], actual, "memory", 1e-6);
    }

    [TestMethod]
    public void Step_ScratchTooShort_Throws()
    {
        var weights = new PackedMatrix(6, 2);

        Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => GruCell.Step(new float[6], weights, new float[6], new float[2], new float[5]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => GruCell.Step(new float[5], weights, new float[6], new float[2], new float[6]));
    }

    /// <summary>All memory that a step forward and one back read and write.</summary>
    private static unsafe float[] TrainingSteps(int bits)
    {
        const int Units = 37;
        float[] memory = Numbers.Random(21 * Units, 1);
        fixed (float* start = memory)
        {
            float* input = start, recurrent = start + 3 * Units, hidden = start + 6 * Units, kept = start + 7 * Units;
            float* gates = start + 8 * Units, previous = start + 12 * Units, gradient = start + 13 * Units;
            float* products = start + 14 * Units, sums = start + 17 * Units;
            Width.Run(bits, new Elementwise<GruForwardStep>(new(input, recurrent, hidden, kept, gates, Units), Units));
            Width.Run(bits, new Elementwise<GruBackwardStep>(new(gates, previous, gradient, products, sums, Units), Units));
        }

        return memory;
    }

    private static double Sigmoid(double value) => 1 / (1 + Math.Exp(-value));
}
