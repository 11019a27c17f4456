using System.IO.Hashing;
using System.Text;
using System.Text.Json;

namespace MLNet.Embeddings;

/// <summary>The entry <c>shape.json</c> of a transformer in a model file.</summary>
/// <remarks>
/// Neither .NET nor ML.NET checks the CRC of a zip entry, so the document holds checksums (XXH3, 64 bits) of itself and of every other entry.
/// </remarks>
internal sealed record ShapeDocument
{
    internal const string EntryName = "shape.json";

    /// <summary>The format this library writes, and the newest it reads.</summary>
    internal const int CurrentFormat = 1;

    public required int Format { get; init; }

    /// <summary>Which transformer this is.</summary>
    public required string Kind { get; init; }

    /// <summary>Checksum of the document itself: see <see cref="ComputeChecksum"/>.</summary>
    public required string Checksum { get; init; }

    /// <summary>Checksums of the other entries by name.</summary>
    public required IReadOnlyDictionary<string, string> Entries { get; init; }

    public required JsonElement Shape { get; init; }

    /// <summary>The checksum that belongs to what the document says: its kind, the other entries and the shape.</summary>
    internal string ComputeChecksum()
    {
        var hash = new XxHash3();
        hash.Append(Encoding.UTF8.GetBytes($"{Format} {Kind}\n"));
        foreach (var (name, checksum) in Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal)) hash.Append(Encoding.UTF8.GetBytes($"{name} {checksum}\n"));

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer)) Shape.WriteTo(writer);
        hash.Append(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
