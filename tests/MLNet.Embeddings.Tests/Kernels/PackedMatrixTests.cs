namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class PackedMatrixTests
{
    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(70, 35)]
    [DataRow(64, 16)]
    [DataRow(130, 3)]
    public void PackTransposed_TransposedValues_GivesSameProduct(int outputs, int inputs)
    {
        float[] weights = Numbers.Random(outputs * inputs, 1);
        float[] x = Numbers.Random(4 * inputs, 2);
        var transposed = new PackedMatrix(outputs, inputs);
        transposed.PackTransposed(Numbers.Transpose(weights, outputs, inputs));
        float[] expected = new float[4 * outputs];
        float[] actual = new float[4 * outputs];

        MatrixProduct.Multiply(x, 4, PackedMatrix.Of(weights, outputs, inputs), [], expected);
        MatrixProduct.Multiply(x, 4, transposed, [], actual);

        CollectionAssert.AreEqual(expected, actual);
    }

    [TestMethod]
    public void Pack_Again_ReplacesValues()
    {
        var matrix = PackedMatrix.Of([1, 2, 3, 4, 5, 6], 3, 2);
        float[] y = new float[3];

        matrix.Pack([6, 5, 4, 3, 2, 1]);
        MatrixProduct.Multiply([1, 10], 1, matrix, [], y);

        CollectionAssert.AreEqual((float[])[56, 34, 12], y);
    }

    [TestMethod]
    public void Pack_TooFewValues_Throws() =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => PackedMatrix.Of(new float[5], 3, 2));

    [TestMethod]
    [DataRow(512, 16, 64)]
    [DataRow(256, 8, 16)]
    [DataRow(32, 1, 2)]
    public void PanelWidth_FewColumns_IsNoWiderThanNeeded(int bits, int oneVector, int full)
    {
        PanelShape shape = Width.Shape(bits);

        Assert.AreEqual(oneVector, new PackedMatrix(1, 1, shape).PanelWidth(0));
        Assert.AreEqual(full, new PackedMatrix(full + 1, 1, shape).PanelWidth(0));
        Assert.AreEqual(oneVector, new PackedMatrix(full + 1, 1, shape).PanelWidth(1));
    }
}
