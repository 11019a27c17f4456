using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Parts that the host opens.</summary>
/// <param name="source">Name of its source.</param>
[GenerateSerializer, Immutable]
internal sealed class CustomShards(string source) : Shards
{
    [Id(0)] private readonly string _source = source;

    internal override string Name => _source;

    internal override string Needed =>
        $"It is a source that silos register by {nameof(EmbeddingsSiloOptions)}.{nameof(EmbeddingsSiloOptions.AddSource)}(\"{_source}\", ...); " +
        "check that one does, and that it has parts.";

    internal override IEnumerable<string> Find(ShardPlace place) => place.Options.Sources.TryGetValue(_source, out var source) ? source.Names() : [];

    internal override IDataView Open(MLContext context, ShardPlace place, string name) =>
        place.Options.Sources.TryGetValue(_source, out var source) ? source.Open(context, name)
        : throw new InvalidOperationException($"This silo has no source '{_source}'. {Needed}");
}
