using System.Buffers;
using System.Text;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>A message in the wire format of protocol buffers: its fields one after the other, each with its number.</summary>
internal sealed class ProtobufMessage
{
    private const int VariableLength = 0, LengthDelimited = 2;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Adds a whole number of 0 or more.</summary>
    internal ProtobufMessage Add(int field, long value)
    {
        WriteTag(field, VariableLength);
        WriteNumber((ulong)value);
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
    internal ProtobufMessage Add(int field, ProtobufMessage value) => Add(field, value._bytes.WrittenSpan);

    internal byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    private void WriteTag(int field, int wireType) => WriteNumber((ulong)(field << 3 | wireType));

    /// <summary>Seven bits a byte, the lowest first; the eighth says that more follow.</summary>
    private void WriteNumber(ulong value)
    {
        for (; value >= 0x80; value >>= 7) _bytes.Write([(byte)(value | 0x80)]);
        _bytes.Write([(byte)value]);
    }
}
