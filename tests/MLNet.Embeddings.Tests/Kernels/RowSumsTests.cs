namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class RowSumsTests
{
    [TestMethod]
    [DataRow(0, 5)]
    [DataRow(1, 1)]
    [DataRow(7, 1)]
    [DataRow(33, 16)]
    [DataRow(100, 67)]
    public void Add_AnyRows_AddsThemToTheSums(int rows, int columns)
    {
        float[] values = Numbers.Random(rows * columns, 1), sums = Numbers.Random(columns, 2);
        double[] expected = [.. Enumerable.Range(0, columns)
            .Select(column => sums[column] + Enumerable.Range(0, rows).Sum(row => (double)values[row * columns + column]))];

        RowSums.Add(values, rows, sums);

        Numbers.AreClose(expected, sums, "sums");
    }

    [TestMethod]
    [DataRow(1, 5)]
    [DataRow(70, 33)]
    public void MultiplyTransposed_OneRowOfTheResult_IsTheWeightedSum(int depth, int columns)
    {
        float[] left = Numbers.Random(depth * 3, 1), right = Numbers.Random(depth * columns, 2), result = Numbers.Random(columns, 3);
        double[] expected = [.. Enumerable.Range(0, columns).Select(column =>
            result[column] + Enumerable.Range(0, depth).Sum(k => (double)left[k * 3] * right[k * columns + column]))];

        MatrixProduct.MultiplyTransposed(left, 3, 1, right, columns, depth, result, new TransposedWorkspace(columns), accumulate: true);

        Numbers.AreClose(expected, result, "one row");
    }

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(9, 130)]
    public void MultiplyByVector_AnyRows_IsTheProduct(int rows, int inputs)
    {
        float[] x = Numbers.Random(rows * inputs, 1), weights = Numbers.Random(inputs, 2), y = new float[rows];
        double[] expected = [.. Enumerable.Range(0, rows).Select(row => 0.5 + Enumerable.Range(0, inputs).Sum(i => (double)x[row * inputs + i] * weights[i]))];

        MatrixProduct.MultiplyByVector(x, rows, weights, 0.5f, y);

        Numbers.AreClose(expected, y, "products");
    }
}
