namespace MLNet.Embeddings.Tests;

/// <summary>The steps of both cells on vectors of every width; that they follow the equations is in <see cref="RaggedRecurrenceTests"/>.</summary>
[TestClass]
public sealed class RecurrentStepTests
{
    private const int Units = 37;

    [TestMethod]
    [DataRow(512)]
    [DataRow(256)]
    [DataRow(128)]
    public void Steps_EveryWidth_GiveWhatPlainFloatsGive(int bits)
    {
        AreClose(Gru(32), Gru(bits));
        AreClose(Lstm(32), Lstm(bits));
    }

    /// <summary>All memory that steps forward and one backward read and write.</summary>
    private static unsafe float[] Gru(int bits)
    {
        float[] memory = Numbers.Random(22 * Units, 1);
        fixed (float* start = memory)
        {
            float* input = start, recurrent = start + 3 * Units, state = start + 6 * Units, next = start + 7 * Units, kept = start + 8 * Units;
            float* previous = start + 12 * Units, gradient = start + 13 * Units, products = start + 14 * Units, sums = start + 17 * Units;
            float* other = start + 21 * Units;
            Width.Run(bits, new Elementwise<GruStep.Next>(new(input, recurrent, other, Units), Units));
            Width.Run(bits, new Elementwise<GruStep.NextAndKept>(new(input, recurrent, state, next, kept, Units), Units));
            Width.Run(bits, new Elementwise<GruStep.Previous>(new(kept, previous, gradient, products, sums, Units), Units));
        }

        return memory;
    }

    private static unsafe float[] Lstm(int bits)
    {
        float[] memory = Numbers.Random(32 * Units, 1);
        fixed (float* start = memory)
        {
            float* input = start, recurrent = start + 4 * Units, state = start + 8 * Units, next = start + 10 * Units, kept = start + 12 * Units;
            float* cell = start + 16 * Units, gradient = start + 18 * Units, products = start + 20 * Units, sums = start + 24 * Units;
            float* other = start + 28 * Units;
            Width.Run(bits, new Elementwise<LstmStep.Next>(new(input, recurrent, other, Units), Units));
            Width.Run(bits, new Elementwise<LstmStep.NextAndKept>(new(input, recurrent, state, next, kept, Units), Units));
            Width.Run(bits, new Elementwise<LstmStep.Previous>(new(kept, cell, next + Units, gradient, products, sums, Units), Units));
        }

        return memory;
    }

    private static void AreClose(float[] expected, float[] actual) => Numbers.AreClose([.. expected.Select(value => (double)value)], actual, "memory", 1e-6);
}
