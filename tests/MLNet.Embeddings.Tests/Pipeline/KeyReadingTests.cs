using System.Numerics;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class KeyReadingTests
{
    [TestMethod]
    public void Scalar_EveryRawType_IsRead()
    {
        Assert.AreEqual(3, Scalar<byte>(3));
        Assert.AreEqual(3, Scalar<ushort>(3));
        Assert.AreEqual(3, Scalar<uint>(3));
        Assert.AreEqual(3, Scalar<ulong>(3));
        Assert.AreEqual(0, Scalar<uint>(0));
    }

    [TestMethod]
    public void Sequence_EveryRawType_IsReadWithoutPadding()
    {
        CollectionAssert.AreEqual(new[] { 4, 1 }, Sequence<byte>(0, 4, 0, 1, 0));
        CollectionAssert.AreEqual(new[] { 4, 1 }, Sequence<ushort>(0, 4, 0, 1, 0));
        CollectionAssert.AreEqual(new[] { 4, 1 }, Sequence<uint>(0, 4, 0, 1, 0));
        CollectionAssert.AreEqual(new[] { 4, 1 }, Sequence<ulong>(0, 4, 0, 1, 0));
    }

    [TestMethod]
    public void Sequence_Sparse_IsReadInOrder()
    {
        var row = Row(new VectorDataViewType(Key<uint>()), new VBuffer<uint>(100, 2, [5, 2], [10, 60]));

        int[] keys = KeyReading.Sequence(row, row.Schema["K"], keyCount: 5)().ToArray();

        CollectionAssert.AreEqual(new[] { 5, 2 }, keys);
    }

    [TestMethod]
    public void Sequence_LongerThanBefore_IsReadWholly()
    {
        var row = Row(new VectorDataViewType(Key<uint>()), new VBuffer<uint>(1, [1]));
        var getter = KeyReading.Sequence(row, row.Schema["K"], keyCount: 5);
        Assert.AreEqual(1, getter().Length);

        row.Set("K", new VBuffer<uint>(40, [.. Enumerable.Repeat(2u, 40)]));

        CollectionAssert.AreEqual(Enumerable.Repeat(2, 40).ToArray(), getter().ToArray());
    }

    [TestMethod]
    [DataRow(4ul, "; the network knows keys up to 3. The column was made with another vocabulary than in training: use the indexing step that was fitted " +
        "with the network.")]
    [DataRow(5_000_000_000ul, ", but its type announces 5 keys. Correct the step that makes the column.")]
    public void Scalar_AboveTheTrainedCount_NamesColumnKeyAndCount(ulong key, string cause)
    {
        var row = Row(Key<ulong>(), key);
        row.MoveTo(7);
        var getter = KeyReading.Scalar(row, row.Schema["K"], keyCount: 3);

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => getter());

        Assert.AreEqual($"Column 'K' holds key {key} in row 7{cause}", error.Message);
    }

    [TestMethod]
    public void Sequence_OneKeyAboveTheTrainedCount_Throws()
    {
        var row = Row(new VectorDataViewType(Key<byte>()), new VBuffer<byte>(3, [1, 200, 1]));
        var getter = KeyReading.Sequence(row, row.Schema["K"], keyCount: 199);

        StringAssert.StartsWith(
            Assert.ThrowsExactly<InvalidOperationException>(() => getter()).Message, "Column 'K' holds key 200 in row 0, but its type announces 5 keys.");
    }

    [TestMethod]
    public void KeyCount_MoreValuesThanATableHasRows_Throws()
    {
        var row = Row(new KeyDataViewType(typeof(ulong), (ulong)int.MaxValue), 1ul);

        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => KeyReading.KeyCount(row.Schema["K"]));

        Assert.AreEqual("inputSchema", error.ParamName);
        StringAssert.StartsWith(error.Message,
            "Schema mismatch for key column 'K': expected at most 2147483646 values, got 2147483647. Index the column with fewer values");
    }

    private static int Scalar<T>(T key) where T : unmanaged
    {
        var row = Row(Key<T>(), key);
        return KeyReading.Scalar(row, row.Schema["K"], keyCount: 5)();
    }

    private static int[] Sequence<T>(params T[] keys) where T : unmanaged, IBinaryInteger<T>
    {
        var row = Row(new VectorDataViewType(Key<T>()), new VBuffer<T>(keys.Length, keys));
        return KeyReading.Sequence(row, row.Schema["K"], keyCount: 5)().ToArray();
    }

    private static KeyDataViewType Key<T>() => new(typeof(T), 5);

    private static MemoryRow Row(DataViewType type, object value) => new(("K", type, value));
}
