using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Files that a saved loader reads.</summary>
[GenerateSerializer, Immutable]
internal sealed class LoadedShards(string pattern, byte[] loader) : Shards
{
    [Id(0)] private readonly string _pattern = pattern;
    [Id(1)] private readonly byte[] _loader = loader;

    /// <summary>A loader as it is sent.</summary>
    internal static byte[] Saved(IDataLoader<IMultiStreamSource> loader) =>
        SteadyZip.Of(stream => new MLContext().Model.Save(new TransformerChain<ITransformer>(), loader, stream));

    internal override string Name => _pattern;

    internal override IEnumerable<string> Find(ShardPlace place) => FilePattern.Find(_pattern, place.Folder);

    internal override IDataView Open(MLContext context, ShardPlace place, string name)
    {
        using var stream = new MemoryStream(_loader, writable: false);
        context.Model.LoadWithDataLoader(stream, out var loader);
        return loader.Load(new MultiFileSource(FilePattern.PathOf(name, place.Folder)));
    }
}
