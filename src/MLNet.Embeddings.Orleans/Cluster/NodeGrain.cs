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
        var silos = await ActiveAsync(grains, cancellation).ConfigureAwait(false);
        var nodes = await Task.WhenAll(silos.Select(silo => AskAsync(grains, silo, shards))).ConfigureAwait(false);
        return [.. nodes.OfType<Node>().OrderBy(node => node.Silo)];
    }

    /// <summary>Whether a silo is in the cluster.</summary>
    internal static async Task<bool> IsActiveAsync(IGrainFactory grains, SiloAddress silo, CancellationToken cancellation) =>
        (await ActiveAsync(grains, cancellation).ConfigureAwait(false)).Contains(silo);

    /// <summary>Names of all parts, in order.</summary>
    /// <exception cref="FileNotFoundException">There are none.</exception>
    internal static string[] AllNames(IEnumerable<Node> nodes, Shards shards)
    {
        string[] names = [.. nodes.SelectMany(node => node.Names).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return names.Length > 0 ? names : throw new FileNotFoundException(
            $"No silo of the cluster has anything for '{shards.Name}'. {shards.Needed}");
    }

    /// <summary>Shards that can be opened: parts that must be read alike are examined first, each on a silo that has it. Comes before any is opened.</summary>
    /// <returns>What is to be sent to those who open parts.</returns>
    /// <exception cref="FileNotFoundException">There are no parts.</exception>
    /// <exception cref="ShardException">A part cannot be read, or does not go with the others.</exception>
    internal static async Task<Shards> ResolveAsync(IGrainFactory grains, IReadOnlyList<Node> nodes, Shards shards, CancellationToken cancellation)
    {
        string[] names = AllNames(nodes, shards);
        if (!shards.NeedsExamination) return shards;
        var found = new (string, byte[])[names.Length];
        string id = Guid.NewGuid().ToString("N");
        var limit = new ParallelOptions { MaxDegreeOfParallelism = nodes.Sum(node => node.Cores), CancellationToken = cancellation };
        await Parallel.ForAsync(0, names.Length, limit, async (i, token) =>
        {
            Node[] holders = [.. nodes.Where(node => node.Names.Contains(names[i]))];
            // Another silo for each part.
            var turn = Enumerable.Range(0, holders.Length).Select(n => holders[(i + n) % holders.Length].Silo);
            found[i] = (names[i], await ExamineAsync(grains, [.. turn], shards, names[i], id, token).ConfigureAwait(false));
        }).ConfigureAwait(false);
        return shards.Resolve(found);
    }

    private static async Task<byte[]> ExamineAsync(
        IGrainFactory grains, SiloAddress[] silos, Shards shards, string name, string id, CancellationToken cancellation)
    {
        int silo = 0;
        while (true)
        {
            try
            {
                var grain = grains.GetGrain<IExaminationGrain>(NodeKey.Of(silos[silo], $"{id}/{name}"));
                var examination = await grain.Examine(shards, name).WaitAsync(cancellation).ConfigureAwait(false);
                if (examination is not null) return examination.Found ?? throw new ShardException(name, examination.Fault!);
            }
            catch (Exception e) when (ClusterCalls.IsUnreachable(e) && silo + 1 < silos.Length)
            {
                silo++; // gone meanwhile
            }
        }
    }

    private static async Task<ICollection<SiloAddress>> ActiveAsync(IGrainFactory grains, CancellationToken cancellation)
    {
        var management = grains.GetGrain<IManagementGrain>(0);
        return (await ClusterCalls.RetryAsync(() => management.GetHosts(onlyActive: true), cancellation).ConfigureAwait(false)).Keys;
    }

    private static async Task<Node?> AskAsync(IGrainFactory grains, SiloAddress silo, Shards shards)
    {
        try
        {
            var found = await grains.GetGrain<INodeGrain>(NodeKey.Of(silo, NodeGrain.Name)).Find(shards).ConfigureAwait(false);
            return new Node(silo, found.Cores, found.Names.ToHashSet(StringComparer.Ordinal));
        }
        catch (Exception e) when (ClusterCalls.IsUnreachable(e))
        {
            return null; // gone meanwhile, or without embeddings
        }
    }
}
