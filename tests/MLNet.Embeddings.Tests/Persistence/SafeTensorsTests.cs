using System.Buffers.Binary;
using System.Text;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class SafeTensorsTests
{
    [TestMethod]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var arrays = CreateArrays();

        var read = SafeTensors.Read(new MemoryStream(Write(arrays)));

        CollectionAssert.AreEquivalent(arrays.Keys.ToArray(), read.Keys.ToArray());
        foreach (var (name, array) in arrays)
        {
            CollectionAssert.AreEqual(array.Extents, read[name].Extents);
            CollectionAssert.AreEqual(array.Values, read[name].Values);
        }
    }

    [TestMethod]
    public void Write_OneArray_IsWhatTheFormatSays()
    {
        byte[] bytes = Write(new() { ["b"] = WeightArray.Matrix(1, 2, [1, -2]) });

        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.AreEqual("""{"b":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}""", Encoding.UTF8.GetString(bytes, 8, length).TrimEnd());
        Assert.AreEqual(0, length % 8);
        Assert.AreEqual(1f, BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(8 + length)));
        Assert.AreEqual(-2f, BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(8 + length + 4)));
        Assert.HasCount(8 + length + 8, bytes);
    }

    [TestMethod]
    public void Read_AnyShorterLength_Throws()
    {
        byte[] bytes = Write(CreateArrays());

        for (int length = 0; length < bytes.Length; length++) Refused(bytes[..length], $"{length} bytes");
    }

    [TestMethod]
    public void Read_AnyByteOfTheHeaderAltered_ThrowsOrHoldsAsMuch()
    {
        byte[] bytes = Write(CreateArrays());
        int header = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);

        for (int i = 0; i < header; i++)
        {
            for (int bit = 1; bit < 256; bit <<= 1)
            {
                byte[] altered = [.. bytes];
                altered[i] ^= (byte)bit;
                try
                {
                    Assert.AreEqual(7, SafeTensors.Read(new MemoryStream(altered)).Values.Sum(array => array.Values.Length));
                }
                catch (FormatException error)
                {
                    StringAssert.StartsWith(error.Message, "The model file is damaged: entry 'weights.safetensors' cannot be used. ", $"byte {i}");
                }
            }
        }
    }

    [TestMethod]
    [DataRow("""{"a":{"dtype":"F16","shape":[1],"data_offsets":[0,4]}}""", "It holds numbers of type F16; F32 is needed.")]
    [DataRow("""{"a":{"dtype":"F32","shape":[-1,-1],"data_offsets":[0,4]}}""", "An array has the extent -1.")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", "An array has the extent 1.5.")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", "An array has the data offsets [0].")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,-9223372036854775808]}}""", "The array 'a' of 1 does not lie where the header says.")]
    [DataRow("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "The array 'a' of 2 does not lie where the header says.")]
    [DataRow("""{"a":{"dtype":"F32","shape":[2147483647,2147483647],"data_offsets":[0,4]}}""",
        "The array 'a' of 2147483647 × 2147483647 does not lie where the header says.")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "The array 'a' of 1 does not lie where the header says.")]
    [DataRow("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", "The array 'a' of 3 does not lie where the header says.")]
    [DataRow("""{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}""", "It has 4 bytes more than its header says.")]
    public void Read_HeaderThatDoesNotFit_SaysWhy(string header, string cause)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] bytes = [.. BitConverter.GetBytes((long)text.Length), .. text, .. new byte[4]];

        Assert.AreEqual(
            $"The model file is damaged: entry 'weights.safetensors' cannot be used. {cause}\nCopy or download the file again, or save the model anew.",
            Refused(bytes).Message);
    }

    [TestMethod]
    [DataRow("""[]""")]
    [DataRow("""{"a":1}""")]
    [DataRow("""{"a":{"shape":[1],"data_offsets":[0,4]}}""")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"data_offsets":"0"}}""")]
    public void Read_HeaderOfAnotherForm_Throws(string header)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);

        Refused([.. BitConverter.GetBytes((long)text.Length), .. text, .. new byte[4]]);
    }

    private static FormatException Refused(byte[] bytes, string what = "")
    {
        var error = Assert.ThrowsExactly<FormatException>(() => SafeTensors.Read(new MemoryStream(bytes)), what);
        StringAssert.StartsWith(error.Message, "The model file is damaged: entry 'weights.safetensors' cannot be used. ");
        return error;
    }

    private static byte[] Write(Dictionary<string, WeightArray> arrays)
    {
        using var stream = new MemoryStream();
        SafeTensors.Write(stream, arrays);
        return stream.ToArray();
    }

    private static Dictionary<string, WeightArray> CreateArrays() => new()
    {
        ["first.weight"] = WeightArray.Matrix(2, 3, [1, 2, 3, -4, float.Epsilon, float.MaxValue]),
        ["first.bias"] = WeightArray.Vector([0.5f]),
        ["empty"] = WeightArray.Vector([]),
    };
}
