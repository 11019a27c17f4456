using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>The entry <c>shape.json</c> of a transformer in a model file.</summary>
/// <remarks>
/// Neither .NET nor ML.NET checks the CRC of a zip entry, so the document holds checksums (XXH3, 64 bits) of itself and of every other entry.
/// </remarks>
internal sealed record ShapeDocument
{
    internal const string EntryName = "shape.json";

    /// <summary>
    /// The newest format that this library reads. Format 2 knows models of several networks, with a wide part, and with steps of their own; format 3 scales of
    /// numbers in double precision, and decision thresholds.
    /// </summary>
    internal const int CurrentFormat = 3;

    public required int Format { get; init; }

    /// <summary>Which transformer this is.</summary>
    public required string Kind { get; init; }

    /// <summary>Checksum of the document itself: see <see cref="ComputeChecksum"/>.</summary>
    public required string Checksum { get; init; }

    /// <summary>Checksums of the other entries by name.</summary>
    public required IReadOnlyDictionary<string, string> Entries { get; init; }

    public required JsonElement Shape { get; init; }

    /// <exception cref="JsonException">It is no such document.</exception>
    internal static ShapeDocument Of(JsonElement json)
    {
        var entries = new Dictionary<string, string>();
        var given = json.Get("entries");
        if (given.ValueKind != JsonValueKind.Object) throw JsonReading.Unfit("entries", "an object");
        foreach (var entry in given.EnumerateObject()) entries[entry.Name] = given.Text(entry.Name);
        return new ShapeDocument
        {
            Format = json.Integer("format"),
            Kind = json.Text("kind"),
            Checksum = json.Text("checksum"),
            Entries = entries,
            Shape = json.Get("shape"),
        };
    }

    /// <summary>The checksum that belongs to what the document says: its kind, the other entries and the shape.</summary>
    internal string ComputeChecksum()
    {
        var hash = new Checksum();
        hash.Append(Encoding.UTF8.GetBytes($"{Format} {Kind}\n"));
        string[] names = [.. Entries.Keys];
        Array.Sort(names, StringComparer.Ordinal);
        foreach (string name in names) hash.Append(Encoding.UTF8.GetBytes($"{name} {Entries[name]}\n"));

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer)) Shape.WriteTo(writer);
        hash.Append(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        return hash.ToString();
    }
}

/// <summary>Serializer of the shape entry, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ShapeDocument))]
internal sealed partial class ShapeJson : JsonSerializerContext;
