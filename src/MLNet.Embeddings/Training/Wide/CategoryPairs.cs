namespace MLNet.Embeddings;

/// <summary>Counts which values of two categories come together, for crossed columns of the wide part.</summary>
internal static class CategoryPairs
{
    /// <summary>Categories up to which each is crossed with each: 36 pairs of columns.</summary>
    private const int MostCategories = 9;

    /// <summary>Rows in which a pair must come; those of one row tell nothing of others.</summary>
    private const int FewestRows = 2;

    /// <summary>Most pairs of two columns that are features, the most frequent ones.</summary>
    private const int MostPairs = 100_000;

    /// <summary>How many pairs of columns may be crossed.</summary>
    internal static int Count(IReadOnlyList<InputColumn> columns) =>
        columns.Count(column => column is CategoryColumn) is var categories && categories <= MostCategories ? categories * (categories - 1) / 2 : 0;

    /// <summary>
    /// The crossed columns of all pairs of categories; none where there are too many categories. One that another decides, as the country of a city, is not
    /// crossed with it.
    /// </summary>
    /// <param name="columns">The columns of the wide part.</param>
    /// <param name="data">Their values.</param>
    /// <param name="rows">The rows to count.</param>
    /// <param name="cancellation">Ends the counting.</param>
    internal static IReadOnlyList<(WideCross Column, float[] Pairs)> Of(
        IReadOnlyList<WideColumn> columns, IReadOnlyList<ColumnData> data, int[] rows, CancellationToken cancellation)
    {
        int[] categories = [.. Enumerable.Range(0, columns.Count).Where(i => columns[i] is WideCategory)];
        List<(WideCross, float[])> crosses = [];
        if (categories.Length > MostCategories) return crosses;
        foreach (int first in categories)
        {
            foreach (int second in categories.Where(other => other > first))
            {
                cancellation.ThrowIfCancellationRequested();
                var kept = Kept((CategoryData)data[first], (CategoryData)data[second], rows);
                if (kept.Length == 0) continue;
                float[] pairs = [.. kept.SelectMany(pair => (float[])[pair.First, pair.Second])];
                crosses.Add((new WideCross($"{columns[first].Name} × {columns[second].Name}", first, second, kept.Length), pairs));
            }
        }
        return crosses;
    }

    /// <summary>The pairs that are features, in rising order.</summary>
    private static (int First, int Second)[] Kept(CategoryData first, CategoryData second, int[] rows)
    {
        Dictionary<(int First, int Second), int> counts = [];
        foreach (int row in rows)
        {
            var pair = (first.KeyOf(row), second.KeyOf(row));
            counts[pair] = counts.GetValueOrDefault(pair) + 1;
        }
        int firsts = counts.Keys.Select(pair => pair.First).Distinct().Count(), seconds = counts.Keys.Select(pair => pair.Second).Distinct().Count();
        if (counts.Count == firsts || counts.Count == seconds) return [];
        return [.. counts.Where(pair => pair.Value >= FewestRows).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key)
            .Take(MostPairs).Select(pair => pair.Key).Order()];
    }
}
