using Microsoft.CodeAnalysis;

namespace MLNet.Embeddings.Tests;

/// <summary>Finds types that use one another in circles.</summary>
internal static class Circles
{
    /// <summary>The largest groups of types in which each uses every other, be it by way of others: strongly connected components.</summary>
    /// <remarks>Kosaraju and Sharir: types in the order in which their uses are done with, from the last one, each with all that reach it.</remarks>
    internal static IEnumerable<IReadOnlyList<INamedTypeSymbol>> Of(IReadOnlyList<(INamedTypeSymbol User, INamedTypeSymbol Used)> uses)
    {
        var forward = uses.ToLookup<(INamedTypeSymbol User, INamedTypeSymbol Used), INamedTypeSymbol, INamedTypeSymbol>(
            use => use.User, use => use.Used, SymbolEqualityComparer.Default);
        var backward = uses.ToLookup<(INamedTypeSymbol User, INamedTypeSymbol Used), INamedTypeSymbol, INamedTypeSymbol>(
            use => use.Used, use => use.User, SymbolEqualityComparer.Default);
        var visited = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        var done = new List<INamedTypeSymbol>();
        foreach (var user in forward) Visit(user.Key, forward, visited, done);

        visited.Clear();
        foreach (var type in done.AsEnumerable().Reverse())
        {
            var circle = new List<INamedTypeSymbol>();
            Visit(type, backward, visited, circle);
            if (circle.Count > 1) yield return circle;
        }
    }

    /// <summary>Whether the types are a base type and its children, or stand in one file.</summary>
    internal static bool IsFamily(IReadOnlyList<INamedTypeSymbol> types)
    {
        var family = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default) { types[0] };
        for (int count = 0; count < family.Count;)
        {
            count = family.Count;
            family.UnionWith(types.Where(type => family.Any(member => AreKin(type, member) || AreKin(member, type))).ToArray());
        }
        return family.Count == types.Count;
    }

    private static bool AreKin(INamedTypeSymbol type, INamedTypeSymbol other) =>
        SourceSymbols.FileOf(type) == SourceSymbols.FileOf(other)
        || type.AllInterfaces.Add(type.BaseType!).Any(parent => SymbolEqualityComparer.Default.Equals(parent?.OriginalDefinition, other));

    private static void Visit(
        INamedTypeSymbol type, ILookup<INamedTypeSymbol, INamedTypeSymbol> next, HashSet<INamedTypeSymbol> visited, List<INamedTypeSymbol> done)
    {
        if (!visited.Add(type)) return;
        foreach (var other in next[type]) Visit(other, next, visited, done);
        done.Add(type);
    }
}
