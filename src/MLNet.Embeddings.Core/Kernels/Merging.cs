using System.Runtime.InteropServices;
using System.Text;

namespace MLNet.Embeddings;

/// <summary>The form in which what can be merged is written: the name of its kind, then its numbers.</summary>
internal static class Merging
{
    /// <summary>Adds what was found of other rows in this process.</summary>
    internal static void Add(IMergeable target, IMergeable part)
    {
        using var written = new MemoryStream();
        using (var writer = new BinaryWriter(written, Encoding.UTF8, leaveOpen: true)) part.Write(writer);
        written.Position = 0;
        using var reader = new BinaryReader(written);
        target.Merge(reader);
    }

    /// <summary>Begins what is written with the name of its kind.</summary>
    internal static void Begin(BinaryWriter writer, string kind) => Write(writer, kind);

    /// <summary>Reads what was begun so, and tells of everything that is wrong with it as a fault of its form.</summary>
    /// <param name="reader">Where to read.</param>
    /// <param name="kind">The name of the kind.</param>
    /// <param name="read">Reads what is behind the name.</param>
    /// <exception cref="FormatException">Something else was written, or it ends too early.</exception>
    internal static void Read(BinaryReader reader, string kind, Action read)
    {
        try
        {
            string found = ReadText(reader, most: 100);
            if (found != kind) throw new FormatException($"'{found}' was written where '{kind}' is to be merged. {Cure}");
            read();
        }
        catch (EndOfStreamException error)
        {
            throw new FormatException($"What was written of '{kind}' ends too early. {Cure}", error);
        }
    }

    /// <summary>Reads a number that is not below 0.</summary>
    /// <exception cref="FormatException">It is above the largest that there can be.</exception>
    internal static long ReadCount(BinaryReader reader, long most = long.MaxValue)
    {
        long count = reader.Read7BitEncodedInt64();
        return count >= 0 && count <= most ? count : throw new FormatException($"A number is {count}; it must be from 0 to {most}. {Cure}");
    }

    /// <exception cref="FormatException">A number is not that of what is to be merged into.</exception>
    internal static void Require(BinaryReader reader, long expected, string what)
    {
        long found = reader.Read7BitEncodedInt64();
        if (found != expected) throw new FormatException($"The number of {what} is {found} where {expected} are merged. {Cure}");
    }

    internal static void Write(BinaryWriter writer, string text)
    {
        writer.Write7BitEncodedInt(text.Length);
        writer.Write(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    /// <param name="reader">Where to read.</param>
    /// <param name="most">The most characters.</param>
    internal static string ReadText(BinaryReader reader, int most = int.MaxValue / sizeof(char))
    {
        int length = (int)ReadCount(reader, most);
        return new string(MemoryMarshal.Cast<byte, char>(ReadBytes(reader, length * sizeof(char))));
    }

    /// <summary>Reads so many bytes, and takes no more memory than there are.</summary>
    internal static byte[] ReadBytes(BinaryReader reader, int count)
    {
        byte[] bytes = reader.ReadBytes(count);
        return bytes.Length == count ? bytes : throw new EndOfStreamException();
    }

    /// <summary>Writes the counts that are not 0, each with its place.</summary>
    internal static void Write(BinaryWriter writer, ReadOnlySpan<long> counts)
    {
        writer.Write7BitEncodedInt(counts.Length - counts.Count(0));
        int last = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] == 0) continue;
            writer.Write7BitEncodedInt(i - last);
            writer.Write7BitEncodedInt64(counts[i]);
            last = i;
        }
    }

    /// <summary>Reads counts, each with its place.</summary>
    /// <param name="reader">Where to read.</param>
    /// <param name="places">How many there can be.</param>
    internal static IEnumerable<(int Place, long Count)> ReadCounts(BinaryReader reader, int places)
    {
        long left = ReadCount(reader, places);
        for (int place = 0; left > 0; left--)
        {
            place += (int)ReadCount(reader, places - 1 - place);
            yield return (place, ReadCount(reader));
        }
    }

    private const string Cure = "What is merged must be made for the same columns and settings, by the same version, and come over whole.";
}
