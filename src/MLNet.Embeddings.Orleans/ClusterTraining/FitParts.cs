namespace MLNet.Embeddings;

/// <summary>Which shards each worker of a fit has: the same for the same names, places and number of workers.</summary>
/// <param name="Shards">The rows, resolved.</param>
/// <param name="Names">Names of the shards of each worker, all of which one silo at least has.</param>
[GenerateSerializer, Immutable]
internal sealed record FitParts(Shards Shards, string[][] Names)
{
    /// <param name="shards">The rows, resolved.</param>
    /// <param name="nodes">The silos, and what they have.</param>
    /// <param name="names">Names of all shards, in order.</param>
    /// <param name="workers">Number of workers; null for one for each core, but no more than there are shards.</param>
    internal static FitParts Of(Shards shards, IReadOnlyList<Node> nodes, IReadOnlyList<string> names, int? workers)
    {
        // Shards that the same silos have, which are one group where these share a folder.
        var groups = names.GroupBy(name => string.Concat(nodes.Select(node => node.Names.Contains(name) ? '1' : '0')))
            .Select(group => group.ToArray()).OrderBy(group => group[0], StringComparer.Ordinal).ToArray();
        int wanted = workers ?? Math.Min(names.Count, nodes.Sum(node => node.Cores));
        int count = Math.Clamp(wanted, groups.Length, names.Count);
        int[] counts = Array.ConvertAll(groups, _ => 1);
        for (int left = count - groups.Length; left > 0; left--)
        {
            // To the group whose workers have the most shards.
            int most = Enumerable.Range(0, groups.Length).MaxBy(i => counts[i] < groups[i].Length ? (double)groups[i].Length / counts[i] : 0);
            counts[most]++;
        }
        return new(shards, [.. groups.SelectMany((group, i) => Divide(group, counts[i]))]);
    }

    private static IEnumerable<string[]> Divide(string[] names, int parts) =>
        Enumerable.Range(0, parts).Select(part => names[(part * names.Length / parts)..((part + 1) * names.Length / parts)]);
}
