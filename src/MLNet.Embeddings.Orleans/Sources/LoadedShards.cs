using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Files that a saved loader reads.</summary>
[GenerateSerializer, Immutable]
internal sealed class LoadedShards(string pattern, byte[] loader) : Shards
{
    [Id(0)] private readonly string _pattern = pattern;
    [Id(1)] private readonly byte[] _loader = loader;

    /// <summary>A loader as it is sent: the same bytes each time, whenever it is saved.</summary>
    internal static byte[] Saved(IDataLoader<IMultiStreamSource> loader)
    {
        using var stream = new MemoryStream();
        new MLContext().Model.Save(new TransformerChain<ITransformer>(), loader, stream);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            foreach (var entry in zip.Entries) entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        }
        return stream.ToArray();
    }

    internal override string Name => _pattern;

    internal override IEnumerable<string> Find(ShardPlace place) => FilePattern.Find(_pattern, place.Folder);

    internal override IDataView Open(MLContext context, ShardPlace place, string name)
    {
        using var stream = new MemoryStream(_loader, writable: false);
        context.Model.LoadWithDataLoader(stream, out var loader);
        return loader.Load(new MultiFileSource(FilePattern.PathOf(name, place.Folder)));
    }
}
