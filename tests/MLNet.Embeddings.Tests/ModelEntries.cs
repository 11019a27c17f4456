using System.IO.Compression;
using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>The entries of one transformer in a model file, held in memory, where they can be altered.</summary>
internal sealed class ModelEntries
{
    private readonly Dictionary<string, byte[]> _entries = [];

    internal byte[] this[string name] { get => _entries[name]; set => _entries[name] = value; }

    internal EntryWriter Writer => new((name, body) =>
    {
        using var stream = new MemoryStream();
        body(stream);
        _entries[name] = stream.ToArray();
    });

    /// <summary>The entries that ML.NET writes for a transformer.</summary>
    internal static ModelEntries Of(ITransformer transformer)
    {
        using var file = new MemoryStream();
        new MLContext(1).Model.Save(transformer, null, file);
        using var zip = new ZipArchive(file);

        var entries = new ModelEntries();
        foreach (string name in (string[])[ShapeDocument.EntryName, SafeTensors.EntryName])
        {
            using var stream = zip.Entries.Single(entry => entry.Name == name).Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            entries[name] = bytes.ToArray();
        }
        return entries;
    }

    internal void Remove(string name) => _entries.Remove(name);

    internal EntryReader Open() => new((name, body) =>
    {
        if (!_entries.TryGetValue(name, out byte[]? bytes)) return false;
        body(new MemoryStream(bytes));
        return true;
    });
}
