using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace MLNet.Embeddings;

/// <summary>A message in the wire format of protocol buffers: its fields one after the other, each with its number.</summary>
internal sealed class ProtobufMessage
{
    private const int VariableLength = 0, LengthDelimited = 2, FourBytes = 5;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    internal ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    /// <summary>Adds a whole number.</summary>
    internal ProtobufMessage Add(int field, long value)
    {
        WriteTag(field, VariableLength);
        WriteNumber((ulong)value);
        return this;
    }

    /// <summary>Adds a number in single precision.</summary>
    internal ProtobufMessage Add(int field, float value)
    {
        WriteTag(field, FourBytes);
        _bytes.Write(MemoryMarshal.AsBytes([value]));
        return this;
    }

    /// <summary>Adds bytes.</summary>
    internal ProtobufMessage Add(int field, ReadOnlySpan<byte> value)
    {
        WriteTag(field, LengthDelimited);
        WriteNumber((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    /// <summary>Adds a text.</summary>
    internal ProtobufMessage Add(int field, string value) => Add(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Adds a message, as it is now.</summary>
    internal ProtobufMessage Add(int field, ProtobufMessage value) => Add(field, value.Bytes);

    /// <summary>Adds whole numbers in one field.</summary>
    internal ProtobufMessage AddPacked(int field, ReadOnlySpan<long> values)
    {
        var packed = new ProtobufMessage();
        foreach (long value in values) packed.WriteNumber((ulong)value);
        return Add(field, packed);
    }

    private void WriteTag(int field, int wireType) => WriteNumber((ulong)(field << 3 | wireType));

    /// <summary>Seven bits a byte, the lowest first; the eighth says that more follow.</summary>
    private void WriteNumber(ulong value)
    {
        var bytes = _bytes.GetSpan(10);
        int count = 0;
        for (; value >= 0x80; value >>= 7) bytes[count++] = (byte)(value | 0x80);
        bytes[count++] = (byte)value;
        _bytes.Advance(count);
    }
}
