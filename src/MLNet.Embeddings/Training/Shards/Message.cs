using System.Text;

namespace MLNet.Embeddings;

/// <summary>Writes and reads what goes between the coordinator of a fit and its workers.</summary>
internal static class Message
{
    /// <summary>A message.</summary>
    /// <param name="write">Writes it.</param>
    /// <param name="capacity">Its length, about.</param>
    internal static byte[] Of(Action<BinaryWriter> write, int capacity = 0)
    {
        using var stream = new MemoryStream(capacity);
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true)) write(writer);
        return stream.ToArray();
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
