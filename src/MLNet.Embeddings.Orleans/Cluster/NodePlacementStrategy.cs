using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace MLNet.Embeddings;

/// <summary>Grains whose key begins with the silo that they are to be on: <see cref="NodeKey"/>.</summary>
[Serializable]
internal sealed class NodePlacementStrategy : PlacementStrategy
{
    internal static readonly NodePlacementStrategy Singleton = new();
}

/// <summary>Puts a grain on the silo that its key names.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NodePlacementAttribute() : PlacementAttribute(NodePlacementStrategy.Singleton);

/// <summary>Finds the silo of a key.</summary>
internal sealed class NodePlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        string key = target.GrainIdentity.Key.ToString()!;
        var silos = context.GetCompatibleSilos(target);
        return Array.IndexOf(silos, NodeKey.SiloOf(key)) >= 0
            ? Task.FromResult(NodeKey.SiloOf(key))
            : throw new SiloUnavailableException($"The silo of '{key}' is not in the cluster, or does not take part in training and scoring.");
    }
}

/// <summary>Keys of grains that are on a certain silo.</summary>
internal static class NodeKey
{
    private const char End = '|';

    internal static string Of(SiloAddress silo, string name) => $"{silo.ToParsableString()}{End}{name}";

    internal static SiloAddress SiloOf(string key) => SiloAddress.FromParsableString(key[..key.IndexOf(End)]);
}
