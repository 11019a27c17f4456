using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class NumberReadingTests
{
    [TestMethod]
    public void Of_EveryNumberTypeAndBoolean_IsReadAsFloats()
    {
        Check<float>(NumberDataViewType.Single, [1.5f, -2, float.NaN], [1.5f, -2, float.NaN]);
        Check<double>(NumberDataViewType.Double, [1.5, -2, double.NaN], [1.5f, -2, float.NaN]);
        Check<sbyte>(NumberDataViewType.SByte, [1, 0, sbyte.MinValue], [1, 0, -128]);
        Check<short>(NumberDataViewType.Int16, [1, 0, short.MinValue], [1, 0, -32768]);
        Check<int>(NumberDataViewType.Int32, [1, 0, -70_000], [1, 0, -70_000]);
        Check<long>(NumberDataViewType.Int64, [1, 0, -5_000_000_000], [1, 0, -5_000_000_000]);
        Check<byte>(NumberDataViewType.Byte, [1, 0, 255], [1, 0, 255]);
        Check<ushort>(NumberDataViewType.UInt16, [1, 0, 65535], [1, 0, 65535]);
        Check<uint>(NumberDataViewType.UInt32, [1, 0, 4_000_000_000], [1, 0, 4_000_000_000]);
        Check<ulong>(NumberDataViewType.UInt64, [1, 0, ulong.MaxValue], [1, 0, ulong.MaxValue]);
        Check<bool>(BooleanDataViewType.Instance, [true, false, true], [1, 0, 1]);
    }

    [TestMethod]
    public void Of_SparseAfterDense_HasZerosBetween()
    {
        var row = Row(new VectorDataViewType(NumberDataViewType.Double), new VBuffer<double>(4, [1, 2, 3, 4]));
        var getter = NumberReading.Of(row, row.Schema["N"]);
        CollectionAssert.AreEqual(new float[] { 1, 2, 3, 4 }, getter().ToArray());

        row.Set("N", new VBuffer<double>(4, 2, [5, 6], [0, 2]));

        CollectionAssert.AreEqual(new float[] { 5, 0, 6, 0 }, getter().ToArray());
    }

    [TestMethod]
    public void Of_ShorterThanBefore_IsAsLongAsTheVector()
    {
        var row = Row(new VectorDataViewType(NumberDataViewType.Single), new VBuffer<float>(3, [1, 2, 3]));
        var getter = NumberReading.Of(row, row.Schema["N"]);
        Assert.AreEqual(3, getter().Length);

        row.Set("N", new VBuffer<float>(1, [9]));

        CollectionAssert.AreEqual(new float[] { 9 }, getter().ToArray());
    }

    [TestMethod]
    [DataRow(double.PositiveInfinity, "Infinity")]
    [DataRow(double.NegativeInfinity, "-Infinity")]
    [DataRow(1e300, "1E+300")]
    public void Of_InfiniteOrTooLarge_NamesColumnValueAndRow(double value, string printed)
    {
        var row = Row(new VectorDataViewType(NumberDataViewType.Double), new VBuffer<double>(2, [0, value]));
        row.MoveTo(3);
        var getter = NumberReading.Of(row, row.Schema["N"]);

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => getter());

        Assert.AreEqual(
            $"Column 'N' holds {printed} in row 3; numbers must be finite and within the range of Single, or NaN where the value is missing. " +
            "Replace the value, or set it to NaN, before this step.", error.Message);
    }

    [TestMethod]
    public void Of_InfiniteScalar_Throws()
    {
        var row = Row(NumberDataViewType.Single, float.PositiveInfinity);
        var getter = NumberReading.Of(row, row.Schema["N"]);

        StringAssert.StartsWith(Assert.ThrowsExactly<InvalidOperationException>(() => getter()).Message, "Column 'N' holds Infinity in row 0;");
    }

    private static void Check<T>(PrimitiveDataViewType type, T[] values, float[] expected)
    {
        var vector = Row(new VectorDataViewType(type), new VBuffer<T>(values.Length, values));
        CollectionAssert.AreEqual(expected, NumberReading.Of(vector, vector.Schema["N"])().ToArray());

        for (int i = 0; i < values.Length; i++)
        {
            var scalar = Row(type, values[i]!);
            CollectionAssert.AreEqual(new[] { expected[i] }, NumberReading.Of(scalar, scalar.Schema["N"])().ToArray());
        }
    }

    private static MemoryRow Row(DataViewType type, object value) => new(("N", type, value));
}
