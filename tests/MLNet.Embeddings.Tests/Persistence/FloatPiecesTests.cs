using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class FloatPiecesTests
{
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(FloatPieces.Length)]
    [DataRow(2 * FloatPieces.Length + 3)]
    public void Write_AnyLength_IsTheBytesInOrder(int count)
    {
        float[] values = [.. Enumerable.Range(0, count).Select(i => i + 0.5f)], read = new float[count];
        using var stream = new MemoryStream();

        FloatPieces.Write(stream, values);
        stream.Position = 0;
        FloatPieces.Read(stream, read);

        CollectionAssert.AreEqual(MemoryMarshal.AsBytes(values.AsSpan()).ToArray(), stream.ToArray());
        CollectionAssert.AreEqual(values, read);
    }

    [TestMethod]
    public void Hash_InPieces_IsThatOfTheWhole()
    {
        float[] values = [.. Enumerable.Range(0, 2 * FloatPieces.Length + 3).Select(i => i + 0.5f)];

        Assert.AreEqual($"{XxHash3.HashToUInt64(MemoryMarshal.AsBytes(values.AsSpan())):x16}", CheckpointSettings.Hash([values[..5], values[5..]]));
    }
}
