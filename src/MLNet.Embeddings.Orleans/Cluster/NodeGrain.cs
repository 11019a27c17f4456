
namespace MLNet.Embeddings;

/// <summary>A silo, as those see it that hand out work.</summary>
internal interface INodeGrain : IGrainWithStringKey
{
    /// <summary>What it has.</summary>
    Task<NodeShards> Find(Shards shards);
}

/// <summary>What a silo has.</summary>
/// <param name="Cores">Cores that may be at work.</param>
/// <param name="Names">Names of the parts that it can open.</param>
[GenerateSerializer, Immutable]
internal sealed record NodeShards(int Cores, string[] Names);

/// <inheritdoc cref="INodeGrain"/>
[NodePlacement]
internal sealed class NodeGrain(EmbeddingsSiloOptions options) : Grain, INodeGrain
{
    internal const string Name = "node";

    public Task<NodeShards> Find(Shards shards) => Task.FromResult(new NodeShards(options.Cores, [.. shards.Find(new ShardPlace(options))]));
}

/// <summary>A silo of the cluster, and what it has.</summary>
/// <param name="Silo">Its address.</param>
/// <param name="Cores">Cores that may be at work.</param>
/// <param name="Names">Names of the parts that it can open.</param>
internal sealed record Node(SiloAddress Silo, int Cores, IReadOnlySet<string> Names);

/// <summary>The silos of the cluster.</summary>
internal static class Nodes
{
    /// <summary>Those that take part, in the order of their addresses.</summary>
    internal static async Task<Node[]> FindAsync(IGrainFactory grains, Shards shards, CancellationToken cancellation)
    {
        var management = grains.GetGrain<IManagementGrain>(0);
        var hosts = await ClusterCalls.RetryAsync(() => management.GetHosts(onlyActive: true), cancellation).ConfigureAwait(false);
        var nodes = await Task.WhenAll(hosts.Keys.Select(silo => AskAsync(grains, silo, shards))).ConfigureAwait(false);
        return [.. nodes.OfType<Node>().OrderBy(node => node.Silo)];
    }

    /// <summary>Names of all parts, in order.</summary>
    /// <exception cref="FileNotFoundException">There are none.</exception>
    internal static string[] AllNames(IEnumerable<Node> nodes, Shards shards)
    {
        string[] names = [.. nodes.SelectMany(node => node.Names).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return names.Length > 0 ? names : throw new FileNotFoundException(
            $"No silo of the cluster has anything for '{shards.Name}'. Files are looked for in each silo's {nameof(EmbeddingsSiloOptions.DataFolder)}; " +
            "check that the silos call UseEmbeddings with the folder that has them.");
    }

    private static async Task<Node?> AskAsync(IGrainFactory grains, SiloAddress silo, Shards shards)
    {
        try
        {
            var found = await grains.GetGrain<INodeGrain>(NodeKey.Of(silo, NodeGrain.Name)).Find(shards).ConfigureAwait(false);
            return new Node(silo, found.Cores, found.Names.ToHashSet(StringComparer.Ordinal));
        }
        catch (Exception e) when (ClusterCalls.IsOfTheWay(e))
        {
            return null; // gone meanwhile, or without embeddings
        }
    }
}
