using System.IO.Hashing;
using System.Text.Json;

namespace MLNet.Embeddings;

/// <summary>The entry <c>shape.json</c> of a transformer in a model file.</summary>
/// <remarks>
/// Neither .NET nor ML.NET checks the CRC of a zip entry, so the document holds a checksum (XXH3, 64 bits) of its own shape and of every other entry.
/// </remarks>
internal sealed record ShapeDocument
{
    internal const string EntryName = "shape.json";

    /// <summary>The format this library writes, and the newest it reads.</summary>
    internal const int CurrentFormat = 1;

    public required int Format { get; init; }

    /// <summary>Which transformer this is.</summary>
    public required string Kind { get; init; }

    /// <summary>Checksum of the shape's compact JSON text in UTF-8.</summary>
    public required string Checksum { get; init; }

    /// <summary>Checksums of the other entries by name.</summary>
    public required IReadOnlyDictionary<string, string> Entries { get; init; }

    public required JsonElement Shape { get; init; }

    internal static string ChecksumOf(JsonElement shape)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer)) shape.WriteTo(writer);
        return Convert.ToHexStringLower(XxHash3.Hash(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }
}
