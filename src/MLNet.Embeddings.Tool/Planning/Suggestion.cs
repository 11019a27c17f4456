namespace MLNet.Embeddings.Tool;

/// <summary>Finds what somebody meant who mistyped a name.</summary>
internal static class Suggestion
{
    /// <summary>" Did you mean 'Age'?", with a space in front; empty where no name is near.</summary>
    internal static string For(string given, IEnumerable<string> names)
    {
        var near = names.Select(name => (Name: name, Distance: Distance(given.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(name => name.Distance <= Math.Max(1, given.Length / 3)).ToArray();
        return near.Length == 0 ? "" : $" Did you mean '{near.MinBy(name => name.Distance).Name}'?";
    }

    /// <exception cref="UserException">The name is none of those.</exception>
    internal static void Require(string given, IReadOnlyCollection<string> names, string what)
    {
        if (names.Contains(given)) return;
        string near = For(given, names);
        string all = near.Length > 0 ? "" : $" It has {string.Join(", ", names.Take(20).Select(name => $"'{name}'"))}{(names.Count > 20 ? ", ..." : "")}.";
        throw new UserException($"{what} has no column '{given}'.{near}{all}");
    }

    /// <summary>Levenshtein's distance, where two letters that have changed places count as one change.</summary>
    private static int Distance(string first, string second)
    {
        int[,] costs = new int[first.Length + 1, second.Length + 1];
        for (int i = 0; i <= first.Length; i++) costs[i, 0] = i;
        for (int j = 0; j <= second.Length; j++) costs[0, j] = j;
        for (int i = 1; i <= first.Length; i++)
        {
            for (int j = 1; j <= second.Length; j++)
            {
                int change = costs[i - 1, j - 1] + (first[i - 1] == second[j - 1] ? 0 : 1);
                costs[i, j] = Math.Min(change, Math.Min(costs[i - 1, j], costs[i, j - 1]) + 1);
                bool swapped = i > 1 && j > 1 && first[i - 1] == second[j - 2] && first[i - 2] == second[j - 1];
                if (swapped) costs[i, j] = Math.Min(costs[i, j], costs[i - 2, j - 2] + 1);
            }
        }
        return costs[first.Length, second.Length];
    }
}
