namespace MLNet.Embeddings;

/// <summary>Edges of bins that hold about as many numbers each.</summary>
internal static class BinEdges
{
    /// <param name="values">The numbers.</param>
    /// <param name="most">The most bins.</param>
    /// <returns>Rising edges, one more than there are bins: the least and the largest number and some between them; one edge where all numbers are equal.</returns>
    internal static float[] Of(DistinctValues values, int most)
    {
        if (values.Count <= most + 1) return [.. Enumerable.Range(0, values.Count).Select(i => values[i])];

        // A value that more numbers have than a bin should hold is an edge by itself; the others share the edges that are left.
        double share = (double)values.Total / most;
        int[] crowded = [.. Enumerable.Range(1, values.Count - 2).Where(i => values.CountOf(i) >= share)];
        int rest = Enumerable.Range(1, values.Count - 2).Sum(values.CountOf) - crowded.Sum(values.CountOf);
        int shared = most - crowded.Length;
        double step = (double)rest / shared;

        List<float> edges = [values[0]];
        double passed = 0, next = step;
        for (int i = 1; i < values.Count - 1; i++)
        {
            bool isCrowded = values.CountOf(i) >= share;
            if (!isCrowded) passed += values.CountOf(i);
            if (isCrowded || passed >= next && next <= (shared - 0.5) * step) edges.Add(values[i]);
            while (passed >= next) next += step;
        }
        edges.Add(values[values.Count - 1]);
        return [.. edges];
    }
}
