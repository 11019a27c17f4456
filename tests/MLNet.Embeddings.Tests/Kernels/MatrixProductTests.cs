namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class MatrixProductTests
{
    private static readonly int[] Outputs = [1, 2, 3, 5, 8, 9, 15, 16, 17, 31, 33, 48, 63, 64, 65, 80, 96, 100, 127, 128, 129, 130, 193];

    [TestMethod]
    [DataRow(512)]
    [DataRow(256)]
    [DataRow(128)]
    [DataRow(32)]
    public unsafe void Run_EveryShape_AddsProduct(int bits)
    {
        foreach (int outputs in Outputs)
            foreach (int inputs in (int[])[0, 1, 7, 33])
                for (int rows = 0; rows <= 14; rows++)
                {
                    float[] x = Numbers.Random(rows * inputs, 1);
                    float[] weights = Numbers.Random(outputs * inputs, 2);
                    float[] y = Numbers.Random(rows * outputs, 3);
                    double[] expected = Numbers.Product(x, rows, weights, outputs, inputs);
                    for (int i = 0; i < y.Length; i++)
                        expected[i] += y[i];
                    var matrix = new PackedMatrix(outputs, inputs, Width.Shape(bits));
                    matrix.Pack(weights);

                    fixed (float* left = x, result = y)
                        Width.Run(bits, new PanelKernel(new LeftOperand(left, inputs, 1), rows, matrix, inputs, result, outputs));

                    Numbers.AreClose(expected, y, $"{rows} x {inputs} x {outputs}");
                }
    }

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(true, true)]
    public void Multiply_BiasAndAccumulate_AddsWhatIsAsked(bool withBias, bool accumulate)
    {
        const int Rows = 101, Inputs = 19, Columns = 70;
        float[] x = Numbers.Random(Rows * Inputs, 1);
        float[] weights = Numbers.Random(Columns * Inputs, 2);
        float[] bias = withBias ? Numbers.Random(Columns, 3) : [];
        float[] y = Numbers.Random(Rows * Columns, 4);
        double[] expected = Numbers.Product(x, Rows, weights, Columns, Inputs);
        for (int i = 0; i < expected.Length; i++)
            expected[i] += (withBias ? bias[i % Columns] : 0) + (accumulate ? y[i] : 0);

        MatrixProduct.Multiply(x, Rows, PackedMatrix.Of(weights, Columns, Inputs), bias, y, accumulate);

        Numbers.AreClose(expected, y, "y");
    }

    [TestMethod]
    [DataRow(512)]
    [DataRow(256)]
    [DataRow(128)]
    [DataRow(32)]
    public unsafe void Run_RowAloneOrAmongOthers_GivesSameBits(int bits)
    {
        const int Rows = 11, Inputs = 40, Columns = 150;
        float[] x = Numbers.Random(Rows * Inputs, 1);
        var matrix = new PackedMatrix(Columns, Inputs, Width.Shape(bits));
        matrix.Pack(Numbers.Random(Columns * Inputs, 2));
        float[] together = new float[Rows * Columns];
        float[] alone = new float[Rows * Columns];

        fixed (float* left = x, all = together, one = alone)
        {
            var rows = new LeftOperand(left, Inputs, 1);
            Width.Run(bits, new PanelKernel(rows, Rows, matrix, Inputs, all, Columns));
            for (int row = 0; row < Rows; row++)
                Width.Run(bits, new PanelKernel(rows.FromRow(row), 1, matrix, Inputs, one + row * Columns, Columns));
        }

        CollectionAssert.AreEqual(together, alone);
    }

    [TestMethod]
    public void Multiply_LargerSpans_LeavesTheRestAlone()
    {
        float[] y = new float[2 * 3 + 40];
        Array.Fill(y, 7f);

        MatrixProduct.Multiply(new float[20], 2, PackedMatrix.Of(new float[12], 3, 4), [1f, 2f, 3f], y);

        CollectionAssert.AreEqual((float[])[1, 2, 3, 1, 2, 3], y[..6]);
        Assert.AreEqual(-1, y.AsSpan(6).IndexOfAnyExcept(7f));
    }

    [TestMethod]
    [DataRow(7, 6)]
    [DataRow(8, 5)]
    public void Multiply_SpanTooShort_Throws(int xLength, int yLength)
    {
        var matrix = PackedMatrix.Of(new float[12], 3, 4);

        Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => MatrixProduct.Multiply(new float[xLength], 2, matrix, [], new float[yLength]));
    }

    [TestMethod]
    [DataRow(1, 1, 1)]
    [DataRow(7, 5, 3)]
    [DataRow(12, 64, 192)]
    [DataRow(13, 70, 193)]
    [DataRow(3, 130, 500)]
    [DataRow(6, 17, 0)]
    public void MultiplyTransposed_StridedOperands_SumsOverRows(int rows, int columns, int depth)
    {
        const int Gap = 3;
        float[] a = Numbers.Random(depth * (rows + Gap), 1);
        float[] b = Numbers.Random(depth * (columns + Gap), 2);
        float[] c = Numbers.Random(rows * columns, 3);
        float[] sum = [.. c];
        var expected = new double[c.Length];
        for (int i = 0; i < c.Length; i++)
            for (int k = 0; k < depth; k++)
                expected[i] += (double)a[k * (rows + Gap) + i / columns] * b[k * (columns + Gap) + i % columns];
        var workspace = new TransposedWorkspace(columns);

        MatrixProduct.MultiplyTransposed(a, rows + Gap, rows, b, columns + Gap, depth, c, workspace);
        MatrixProduct.MultiplyTransposed(a, rows + Gap, rows, b, columns + Gap, depth, sum, workspace, accumulate: true);

        Numbers.AreClose(expected, c, "product");
        Numbers.AreClose([.. expected.Zip(Numbers.Random(rows * columns, 3), (product, before) => product + before)], sum, "sum");
    }
}
