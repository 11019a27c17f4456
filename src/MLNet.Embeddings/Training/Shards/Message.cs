using System.Text;

namespace MLNet.Embeddings;

/// <summary>Writes and reads what goes between the coordinator of a fit and its workers.</summary>
internal static class Message
{
    // Rounds write many messages of about one length: growing a buffer for each costs more than filling it.
    [ThreadStatic]
    private static MemoryStream? _buffer;

    /// <summary>A message, or a part of one.</summary>
    /// <param name="write">Writes it.</param>
    internal static byte[] Of(Action<BinaryWriter> write) => Of(write, bytes => bytes.ToArray());

    /// <summary>A message in memory that is used again.</summary>
    /// <param name="write">Writes it.</param>
    internal static MessageBuffer Rent(Action<BinaryWriter> write) => Of(write, MessageBuffer.Of);

    /// <summary>A long message, with no copy of it in memory; zeros may follow what is written.</summary>
    /// <param name="bytes">Its length at most.</param>
    /// <param name="write">Writes it.</param>
    internal static byte[] Of(int bytes, Action<BinaryWriter> write)
    {
        var stream = new MemoryStream(bytes);
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true)) write(writer);
        return stream.GetBuffer();
    }

    private static T Of<T>(Action<BinaryWriter> write, Func<ReadOnlySpan<byte>, T> take)
    {
        var stream = _buffer ?? new MemoryStream();
        _buffer = null; // what is written may hold messages itself
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true)) write(writer);
        var taken = take(stream.GetBuffer().AsSpan(0, (int)stream.Length));
        stream.SetLength(0);
        if (stream.Capacity <= MessageBuffer.MostKept) _buffer = stream;
        return taken;
    }

    /// <summary>Reads a message.</summary>
    internal static BinaryReader Reader(byte[] message) => new(new MemoryStream(message, writable: false));

    extension(BinaryWriter writer)
    {
        /// <summary>Writes bytes behind their number.</summary>
        internal void WriteBytes(byte[] bytes)
        {
            writer.Write(bytes.Length);
            writer.Write(bytes);
        }

        /// <summary>Writes texts behind their number.</summary>
        internal void WriteTexts(IReadOnlyCollection<string> texts)
        {
            writer.Write(texts.Count);
            foreach (string text in texts) writer.Write(text);
        }
    }

    extension(BinaryReader reader)
    {
        /// <summary>Reads bytes behind their number.</summary>
        internal byte[] ReadBytes() => Merging.ReadBytes(reader, reader.ReadInt32());

        /// <summary>Reads texts behind their number.</summary>
        internal string[] ReadTexts()
        {
            string[] texts = new string[reader.ReadInt32()];
            for (int i = 0; i < texts.Length; i++) texts[i] = reader.ReadString();
            return texts;
        }

        /// <summary>What is left of a message.</summary>
        internal byte[] ReadRest() => reader.ReadBytes((int)(reader.BaseStream.Length - reader.BaseStream.Position));
    }
}
