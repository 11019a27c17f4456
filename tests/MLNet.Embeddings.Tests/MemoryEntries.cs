using System.IO.Compression;
using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>The entries of one transformer in memory, where tests can damage them.</summary>
internal sealed class MemoryEntries
{
    internal Dictionary<string, byte[]> Bytes { get; } = [];

    /// <summary>The entries that ML.NET writes into a model file for a transformer.</summary>
    /// <param name="transformer">The transformer.</param>
    /// <param name="others">Names of entries that it has beside its shape and its weights.</param>
    internal static MemoryEntries Of(ITransformer transformer, params string[] others)
    {
        using var file = new MemoryStream();
        new MLContext(1).Model.Save(transformer, null, file);
        using var zip = new ZipArchive(file);

        var entries = new MemoryEntries();
        foreach (string name in (string[])[ShapeDocument.EntryName, SafeTensors.EntryName, .. others])
        {
            using var stream = zip.Entries.Single(entry => entry.Name == name).Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            entries.Bytes[name] = bytes.ToArray();
        }
        return entries;
    }

    /// <summary>Writes entries, and a shape of the given kind that only holds a number after them.</summary>
    internal void Write(string kind, Action<EntryWriter> body) => Write(writer =>
    {
        body(writer);
        writer.WriteShape(kind, new CategoryIndexingShape([], 0, null, 1), IndexingJson.Default.CategoryIndexingShape);
    });

    internal void Write(Action<EntryWriter> body) => body(new EntryWriter((name, write) =>
    {
        using var stream = new MemoryStream();
        write(stream);
        Bytes[name] = stream.ToArray();
    }));

    internal EntryReader Open() => new((name, read) =>
    {
        if (!Bytes.TryGetValue(name, out byte[]? bytes)) return false;
        read(new MemoryStream(bytes, writable: false));
        return true;
    });
}
