namespace MLNet.Embeddings.Tests;

/// <summary>Arrays to compute with, and the comparison of what was computed with a reference in double precision.</summary>
internal static class Numbers
{
    /// <summary>Numbers between -1 and 1, the same for the same seed.</summary>
    public static float[] Random(int length, int seed)
    {
        var random = new Random(seed);
        var values = new float[length];
        for (int i = 0; i < length; i++)
            values[i] = random.NextSingle() * 2 - 1;
        return values;
    }

    /// <summary>left (rows, inputs) · rightᵀ (outputs, inputs).</summary>
    public static double[] Product(ReadOnlySpan<float> left, int rows, ReadOnlySpan<float> right, int outputs, int inputs)
    {
        var product = new double[rows * outputs];
        for (int row = 0; row < rows; row++)
            for (int output = 0; output < outputs; output++)
                for (int input = 0; input < inputs; input++)
                    product[row * outputs + output] += (double)left[row * inputs + input] * right[output * inputs + input];
        return product;
    }

    /// <summary>(columns, rows) of (rows, columns).</summary>
    public static float[] Transpose(ReadOnlySpan<float> values, int rows, int columns)
    {
        var transposed = new float[values.Length];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                transposed[column * rows + row] = values[row * columns + column];
        return transposed;
    }

    /// <summary>
    /// Fails when an element is further from its reference than the tolerance times the largest reference, or times the floor where that is larger.
    /// </summary>
    public static void AreClose(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, string what, double tolerance = 1e-5, double floor = 1e-30)
    {
        Assert.AreEqual(expected.Length, actual.Length, what);
        double largest = floor;
        foreach (double value in expected)
            largest = Math.Max(largest, Math.Abs(value));
        for (int i = 0; i < expected.Length; i++)
            if (!(Math.Abs(expected[i] - actual[i]) <= tolerance * largest))
                Assert.Fail($"{what}: element {i} is {actual[i]}, expected {expected[i]}.");
    }
}
