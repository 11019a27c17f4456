using System.Buffers;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;

namespace MLNet.Embeddings;

/// <summary>Sends messages of fits as their bytes, and receives them in memory that is used again.</summary>
[RegisterSerializer]
internal sealed class MessageBufferCodec : IFieldCodec<MessageBuffer?>
{
    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, MessageBuffer? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        if (ReferenceCodec.TryWriteReferenceField(ref writer, fieldIdDelta, expectedType, value)) return; // null too
        writer.WriteFieldHeader(fieldIdDelta, expectedType, typeof(MessageBuffer), WireType.LengthPrefixed);
        writer.WriteVarUInt32((uint)value!.Length);
        writer.Write(value.Span);
    }

    public MessageBuffer? ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.WireType == WireType.Reference) return ReferenceCodec.ReadReference<MessageBuffer?, TInput>(ref reader, field);
        field.EnsureWireType(WireType.LengthPrefixed);
        var value = MessageBuffer.Rent(checked((int)reader.ReadVarUInt32()), isReceived: true);
        reader.ReadBytes(value.Span);
        ReferenceCodec.RecordObject(reader.Session, value);
        return value;
    }
}

/// <summary>Hands messages within a silo on as they are: nobody changes them.</summary>
[RegisterCopier]
internal sealed class MessageBufferCopier : ShallowCopier<MessageBuffer>;
