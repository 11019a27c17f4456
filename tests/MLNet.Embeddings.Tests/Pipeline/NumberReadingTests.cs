using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class NumberReadingTests
{
    [TestMethod]
    public void Of_EveryNumberTypeAndBoolean_IsReadAsDoubles()
    {
        Check<float>(NumberDataViewType.Single, [1.5f, -2, float.NaN], [1.5, -2, double.NaN]);
        Check<double>(NumberDataViewType.Double, [1.5, -2, double.NaN], [1.5, -2, double.NaN]);
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
        CollectionAssert.AreEqual(new double[] { 1, 2, 3, 4 }, getter().ToArray());

        row.Set("N", new VBuffer<double>(4, 2, [5, 6], [0, 2]));

        CollectionAssert.AreEqual(new double[] { 5, 0, 6, 0 }, getter().ToArray());
    }

    [TestMethod]
    public void Of_ShorterThanBefore_IsAsLongAsTheVector()
    {
        var row = Row(new VectorDataViewType(NumberDataViewType.Single), new VBuffer<float>(3, [1, 2, 3]));
        var getter = NumberReading.Of(row, row.Schema["N"]);
        Assert.AreEqual(3, getter().Length);

        row.Set("N", new VBuffer<float>(1, [9]));

        CollectionAssert.AreEqual(new double[] { 9 }, getter().ToArray());
    }

    [TestMethod]
    public void Of_LargeNumbers_KeepTheirLastDigits()
    {
        Check<double>(NumberDataViewType.Double, [1e9 + 1, 1e300], [1_000_000_001, 1e300]);
        Check<long>(NumberDataViewType.Int64, [1_700_000_000_001], [1_700_000_000_001]);
        Check<ulong>(NumberDataViewType.UInt64, [(1UL << 63) + 2048], [9_223_372_036_854_777_856]);
        Check<int>(NumberDataViewType.Int32, [16_777_217], [16_777_217]);
        Check<uint>(NumberDataViewType.UInt32, [uint.MaxValue], [4_294_967_295]);
    }

    private static void Check<T>(PrimitiveDataViewType type, T[] values, double[] expected)
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
