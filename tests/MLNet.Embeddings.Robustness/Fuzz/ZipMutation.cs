using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace MLNet.Embeddings.Robustness;

/// <summary>Alters entries of a zip file of ours, and signs them anew so that checksums do not hide what reads them.</summary>
/// <param name="random">The generator.</param>
internal sealed class ZipMutation(Random random)
{
    private readonly ByteMutation _bytes = new(random);
    private readonly JsonMutation _json = new(random);

    internal byte[] Apply(byte[] file)
    {
        if (random.Chance(0.1)) return _bytes.Apply(file);
        var entries = Read(file);
        for (int i = random.Next(1, 4); i > 0; i--) Change(entries);
        Sign(entries);
        return Write(entries);
    }

    /// <summary>Alters what a file of tensors holds: its header, the header's length, or its numbers.</summary>
    internal byte[] Tensors(byte[] file)
    {
        if (file.Length < sizeof(long) || random.Chance(0.3)) return _bytes.Apply(file);
        long length = BinaryPrimitives.ReadInt64LittleEndian(file);
        if (random.Chance(0.1))
        {
            byte[] copy = [.. file];
            BinaryPrimitives.WriteInt64LittleEndian(copy, random.Of(0, -1, length + 1, length - 1, long.MaxValue, int.MaxValue, uint.MaxValue));
            return copy;
        }
        if (length < 0 || length > file.Length - sizeof(long)) return file;
        byte[] header = _json.Apply(file[sizeof(long)..(int)(sizeof(long) + length)]), start = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(start, header.Length);
        return [.. start, .. header, .. file[(int)(sizeof(long) + length)..]];
    }

    private static List<(string Name, byte[] Bytes)> Read(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file, writable: false));
        return [.. zip.Entries.Select(entry =>
        {
            using var reader = new BinaryReader(entry.Open());
            return (entry.FullName, reader.ReadBytes((int)entry.Length));
        })];
    }

    private static byte[] Write(IEnumerable<(string Name, byte[] Bytes)> entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(bytes);
            }
        }
        return stream.ToArray();
    }

    private void Change(List<(string Name, byte[] Bytes)> entries)
    {
        // Those of ML.NET have no such endings.
        int[] ours = [.. entries.Index().Where(entry => entry.Item.Name.EndsWith(".json", StringComparison.Ordinal) || IsTensors(entry.Item.Name))
            .Select(entry => entry.Index)];
        if (ours.Length == 0) return;
        int at = random.Of<int>(ours), other = random.Of<int>(ours);
        var (name, bytes) = entries[at];
        switch (random.Next(20))
        {
            case 0: entries.RemoveAt(at); break;
            case 1: entries.Add(entries[at]); break;
            case 2: (entries[at], entries[other]) = ((name, entries[other].Bytes), (entries[other].Name, bytes)); break;
            case 3: entries[at] = (name, _bytes.Apply(bytes)); break;
            default: entries[at] = (name, IsTensors(name) ? Tensors(bytes) : _json.Apply(bytes)); break;
        }
    }

    private static bool IsTensors(string name) => name.EndsWith(".safetensors", StringComparison.Ordinal);

    private static void Sign(List<(string Name, byte[] Bytes)> entries)
    {
        foreach (var (i, (name, _)) in entries.Index().ToArray())
        {
            if (!name.EndsWith(ShapeDocument.EntryName, StringComparison.Ordinal)) continue;
            string prefix = name[..^ShapeDocument.EntryName.Length], text = Encoding.UTF8.GetString(entries[i].Bytes);
            foreach (var (entry, old) in Document(text)?.Entries ?? new Dictionary<string, string>())
            {
                byte[]? bytes = entries.LastOrDefault(other => other.Name == prefix + entry).Bytes;
                if (bytes is not null && old.Length > 0) text = text.Replace(old, Of(bytes), StringComparison.Ordinal);
            }
            if (Document(text) is { Checksum.Length: > 0 } document)
                text = text.Replace(document.Checksum, document.ComputeChecksum(), StringComparison.Ordinal);
            entries[i] = (name, Encoding.UTF8.GetBytes(text));
        }
    }

    private static string Of(byte[] bytes)
    {
        var hash = new Checksum();
        hash.Append(bytes);
        return hash.ToString();
    }

    private static ShapeDocument? Document(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return ShapeDocument.Of(json.RootElement.Clone());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
