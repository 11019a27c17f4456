using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MLNet.Embeddings;

/// <summary>Writes the entries of one transformer into a model file: any number of named ones, then the shape with the checksums of all.</summary>
internal sealed class EntryWriter(Action<string, Action<Stream>> open)
{
    private readonly Dictionary<string, string> _checksums = [];

    /// <summary>Writes a named entry and keeps its checksum.</summary>
    internal void Write(string name, Action<Stream> body) => open(name, stream =>
    {
        var hashing = new HashingStream(stream);
        body(hashing);
        _checksums[name] = hashing.Checksum;
    });

    /// <summary>Writes the entries of a transformer that is part of this one.</summary>
    /// <param name="part">What the names of its entries begin with.</param>
    internal EntryWriter Part(string part) => new((name, body) => open(PartName(part, name), body));

    internal static string PartName(string part, string name) => $"{part}.{name}";

    /// <summary>Writes the shape entry, which ends the transformer.</summary>
    /// <param name="kind">Which transformer this is.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="type">How it is serialized.</param>
    /// <param name="format">The oldest format that can say all of it.</param>
    internal void WriteShape<T>(string kind, T shape, JsonTypeInfo<T> type, int format = 1) => open(ShapeDocument.EntryName, stream =>
    {
        var document = new ShapeDocument
        {
            Format = format,
            Kind = kind,
            Checksum = "",
            Entries = _checksums,
            Shape = JsonSerializer.SerializeToElement(shape, type),
        };
        JsonSerializer.Serialize(stream, document with { Checksum = document.ComputeChecksum() }, ShapeJson.Default.ShapeDocument);
    });
}
