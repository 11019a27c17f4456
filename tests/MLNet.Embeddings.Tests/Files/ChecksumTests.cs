using System.IO.Hashing;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ChecksumTests
{
    private static readonly byte[] Bytes = CreateBytes();

    [TestMethod]
    public void Value_EveryLength_IsThatOfTheReference()
    {
        for (int length = 0; length <= 5_000; length++)
        {
            var checksum = new Checksum();
            checksum.Append(Bytes.AsSpan(0, length));
            Assert.AreEqual(XxHash3.HashToUInt64(Bytes.AsSpan(0, length)), checksum.Value, $"{length} bytes");
        }
    }

    [TestMethod]
    public void Value_InPiecesOfAnyLength_IsThatOfTheWhole()
    {
        var random = new Random(1);
        for (int round = 0; round < 300; round++)
        {
            var checksum = new Checksum();
            int end = 0;
            while (end < Bytes.Length)
            {
                int length = Math.Min(random.Next(round % 2 == 0 ? 200 : 5_000), Bytes.Length - end);
                checksum.Append(Bytes.AsSpan(end, length));
                end += length;
                // Asking for it changes nothing.
                if (random.Next(10) == 0) Assert.AreEqual(XxHash3.HashToUInt64(Bytes.AsSpan(0, end)), checksum.Value, $"{end} bytes in round {round}");
            }
            Assert.AreEqual(XxHash3.HashToUInt64(Bytes), checksum.Value);
        }
    }

    [TestMethod]
    public void ToString_IsTheBytesOfTheReferenceInHexadecimal()
    {
        var checksum = new Checksum();
        checksum.Append(Bytes);

        Assert.AreEqual(Convert.ToHexStringLower(XxHash3.Hash(Bytes)), checksum.ToString());
    }

    private static byte[] CreateBytes()
    {
        byte[] bytes = new byte[20_000];
        new Random(2).NextBytes(bytes);
        return bytes;
    }
}
