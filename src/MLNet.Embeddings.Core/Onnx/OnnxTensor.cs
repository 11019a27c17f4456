using System.Runtime.InteropServices;
using System.Text;

namespace MLNet.Embeddings;

/// <summary>Types of elements, by their numbers in onnx.proto (TensorProto.DataType).</summary>
internal enum OnnxType
{
    Single = 1,
    Byte = 2,
    SByte = 3,
    UInt16 = 4,
    Int16 = 5,
    Int32 = 6,
    Int64 = 7,
    Text = 8,
    Boolean = 9,
    Double = 11,
    UInt32 = 12,
    UInt64 = 13,
}

/// <summary>An array of values that belongs to a graph.</summary>
/// <param name="Type">Type of the elements.</param>
/// <param name="Extents">Its extents; empty for a single value.</param>
/// <param name="Values">The elements in the order of rows: an array of <see cref="string"/> or of the type of numbers.</param>
internal sealed record OnnxTensor(OnnxType Type, long[] Extents, Array Values)
{
    /// <summary>An array of so many extents; by default a vector.</summary>
    internal static OnnxTensor Of<T>(T[] values, params long[] extents) => new(TypeOf<T>(), extents.Length == 0 ? [values.Length] : extents, values);

    /// <summary>A single value.</summary>
    internal static OnnxTensor Scalar<T>(T value) => new(TypeOf<T>(), [], new[] { value });

    /// <summary>About how many bytes it takes in a file.</summary>
    internal long Bytes => Values is string[] texts ? texts.Sum(text => 4L + text.Length) : Buffer.ByteLength(Values);

    internal ProtobufMessage ToMessage(string name)
    {
        var tensor = new ProtobufMessage();
        foreach (long extent in Extents) tensor.Add(1, extent);
        tensor.Add(2, (long)Type).Add(8, name);
        if (Values is string[] texts)
        {
            foreach (string text in texts) tensor.Add(6, Encoding.UTF8.GetBytes(text));
            return tensor;
        }
        return tensor.Add(9, Raw());
    }

    /// <summary>The elements as they lie in memory, which is little-endian on every processor that ONNX Runtime is made for.</summary>
    private ReadOnlySpan<byte> Raw() => Values switch
    {
        float[] values => MemoryMarshal.AsBytes<float>(values),
        double[] values => MemoryMarshal.AsBytes<double>(values),
        long[] values => MemoryMarshal.AsBytes<long>(values),
        int[] values => MemoryMarshal.AsBytes<int>(values),
        uint[] values => MemoryMarshal.AsBytes<uint>(values),
        ulong[] values => MemoryMarshal.AsBytes<ulong>(values),
        short[] values => MemoryMarshal.AsBytes<short>(values),
        ushort[] values => MemoryMarshal.AsBytes<ushort>(values),
        byte[] values => values,
        sbyte[] values => MemoryMarshal.AsBytes<sbyte>(values),
        _ => MemoryMarshal.AsBytes<bool>((bool[])Values),
    };

    private static OnnxType TypeOf<T>() => System.Type.GetTypeCode(typeof(T)) switch
    {
        TypeCode.Single => OnnxType.Single,
        TypeCode.Double => OnnxType.Double,
        TypeCode.Int64 => OnnxType.Int64,
        TypeCode.Int32 => OnnxType.Int32,
        TypeCode.UInt32 => OnnxType.UInt32,
        TypeCode.UInt64 => OnnxType.UInt64,
        TypeCode.Int16 => OnnxType.Int16,
        TypeCode.UInt16 => OnnxType.UInt16,
        TypeCode.Byte => OnnxType.Byte,
        TypeCode.SByte => OnnxType.SByte,
        TypeCode.Boolean => OnnxType.Boolean,
        _ => OnnxType.Text,
    };
}
