namespace MLNet.Embeddings;

/// <summary>Shards that wait, and which silo is to have the next one.</summary>
/// <param name="names">The shards.</param>
/// <param name="inHand">Silos that had one in hand for the coordinator before; they have it still, if they are there.</param>
internal sealed class ShardQueue(IEnumerable<string> names, IReadOnlyDictionary<string, string> inHand)
{
    private readonly Dictionary<SiloAddress, int> _busy = [];
    private readonly Dictionary<string, SiloAddress> _claims =
        inHand.ToDictionary(one => one.Key, one => SiloAddress.FromParsableString(one.Value), StringComparer.Ordinal);
    private List<string> _waiting = [.. names];
    private Node[] _nodes = [];

    internal IReadOnlyList<string> Waiting => _waiting;

    /// <summary>Says which silos there are.</summary>
    internal void Set(Node[] nodes)
    {
        _nodes = nodes;
        var silos = nodes.Select(node => node.Silo).ToHashSet();
        foreach (string name in _claims.Where(claim => !silos.Contains(claim.Value)).Select(claim => claim.Key).ToArray()) _claims.Remove(name);
        Sort();
    }

    /// <summary>Takes a shard out, for a silo with a free core that has it; null where there is none.</summary>
    internal (Node Node, string Name)? Next()
    {
        foreach (var node in _nodes.OrderByDescending(node => node.Cores - _busy.GetValueOrDefault(node.Silo)))
        {
            if (_busy.GetValueOrDefault(node.Silo) >= node.Cores) return null;
            int next = _waiting.FindIndex(name => node.Names.Contains(name) && (!_claims.TryGetValue(name, out var silo) || silo.Equals(node.Silo)));
            if (next < 0) continue;
            string name = _waiting[next];
            _waiting.RemoveAt(next);
            _claims.Remove(name);
            _busy[node.Silo] = _busy.GetValueOrDefault(node.Silo) + 1;
            return (node, name);
        }
        return null;
    }

    /// <summary>Says that a silo is free again.</summary>
    internal void Free(Node node) => _busy[node.Silo]--;

    /// <summary>Puts a shard back whose silo is lost, as far as is seen from here; it is found again if it is not.</summary>
    internal void PutBack(string name, Node lost)
    {
        _waiting.Add(name);
        Set([.. _nodes.Where(node => node.Silo != lost.Silo)]);
    }

    /// <summary>First those in hand, then those that the fewest silos have.</summary>
    private void Sort() => _waiting = [.. _waiting
        .OrderByDescending(_claims.ContainsKey).ThenBy(name => _nodes.Count(node => node.Names.Contains(name))).ThenBy(name => name, StringComparer.Ordinal)];
}
