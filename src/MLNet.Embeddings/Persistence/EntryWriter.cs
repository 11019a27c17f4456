using System.IO.Hashing;
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
        var hash = new XxHash3();
        body(new HashingStream(stream, hash));
        _checksums[name] = Convert.ToHexStringLower(hash.GetCurrentHash());
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
