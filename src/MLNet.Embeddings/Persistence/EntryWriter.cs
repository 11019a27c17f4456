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

    /// <summary>Writes the shape entry, which ends the transformer.</summary>
    internal void WriteShape<T>(string kind, T shape, JsonTypeInfo<T> type) => open(ShapeDocument.EntryName, stream =>
    {
        var document = new ShapeDocument
        {
            Format = ShapeDocument.CurrentFormat,
            Kind = kind,
            Checksum = "",
            Entries = _checksums,
            Shape = JsonSerializer.SerializeToElement(shape, type),
        };
        JsonSerializer.Serialize(stream, document with { Checksum = document.ComputeChecksum() }, ShapeJson.Default.ShapeDocument);
    });
}
