using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>Writes the initial values of an array.</summary>
/// <param name="values">The array.</param>
/// <param name="random">A random stream of the array's own.</param>
internal delegate void Initializer(Span<float> values, SplitMix random);

/// <summary>The initial values of the layers.</summary>
internal static class Initializers
{
    /// <summary>Zeros.</summary>
    internal static Initializer Zeros { get; } = (values, _) => values.Clear();

    /// <summary>Ones.</summary>
    internal static Initializer Ones { get; } = (values, _) => values.Fill(1);

    /// <summary>-1 or 1, each with the same probability.</summary>
    internal static Initializer Signs { get; } = (values, random) =>
    {
        foreach (ref float value in values) value = random.Below(2) == 0 ? -1 : 1;
    };

    /// <summary>Uniform between -range and range.</summary>
    internal static Initializer Uniform(double range) => (values, random) => FillUniform(values, range, random);

    /// <summary>Uniform as Glorot and Bengio 2010 (AISTATS) have it, the default of keras.layers.Dense.</summary>
    internal static Initializer Glorot(int inputs, int outputs) => Uniform(Math.Sqrt(6.0 / (inputs + outputs)));

    /// <summary>Normal with mean 0, cut off at three deviations.</summary>
    internal static Initializer Normal(double deviation) => (values, random) =>
    {
        foreach (ref float value in values) value = (float)(deviation * random.NextNormal(3));
    };

    /// <summary>A table's, uniform within its range; row 0 zeros if it is padding.</summary>
    internal static Initializer Table(TableShape shape) => (values, random) =>
    {
        FillUniform(values, shape.InitialRange, random);
        if (shape.IsPadded) values[..shape.Dimensions].Clear();
    };

    /// <summary>Glorot-uniform input weights of a recurrent layer, each gate on its own: (gates · units, inputs), as keras.layers.GRU.</summary>
    internal static Initializer Gates(int units, int inputs) => Glorot(inputs, units);

    /// <summary>Orthogonal recurrent weights, each gate on its own: (gates · units, units), as keras.layers.GRU (Saxe et al. 2013, arXiv 1312.6120).</summary>
    internal static Initializer OrthogonalGates(int units) => (values, random) =>
    {
        for (int start = 0; start < values.Length; start += units * units) FillOrthogonal(values.Slice(start, units * units), units, random);
    };

    /// <summary>Zeros, but ones for one of the gates: the forget gate of an LSTM (Gers et al. 2000, Neural Computation 12; Keras's unit_forget_bias).</summary>
    internal static Initializer GateOfOnes(int units, int gate) => (values, _) =>
    {
        values.Clear();
        values.Slice(gate * units, units).Fill(1);
    };

    private static void FillUniform(Span<float> values, double range, SplitMix random)
    {
        foreach (ref float value in values) value = (float)(range * (2 * random.NextDouble() - 1));
    }

    /// <summary>Rows of normal numbers, each made orthogonal to those before and of length 1 (Gram and Schmidt, twice for precision).</summary>
    private static void FillOrthogonal(Span<float> matrix, int size, SplitMix random)
    {
        double[] rows = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            var row = rows.AsSpan(i * size, size);
            foreach (ref double value in row) value = random.NextNormal(double.PositiveInfinity);
            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < i; j++)
                {
                    ReadOnlySpan<double> before = rows.AsSpan(j * size, size);
                    TensorPrimitives.MultiplyAdd(before, -TensorPrimitives.Dot(before, row), row, row);
                }
            }
            TensorPrimitives.Divide(row, TensorPrimitives.Norm<double>(row), row);
        }
        TensorPrimitives.ConvertTruncating<double, float>(rows, matrix);
    }
}
