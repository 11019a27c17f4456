namespace MLNet.Embeddings;

/// <summary>The rows of a table that some batches look up.</summary>
/// <param name="Rows">Their numbers, rising.</param>
/// <param name="Counts">Of how many of the batches each is looked up.</param>
internal sealed record TouchedRows(int[] Rows, int[] Counts);

/// <summary>The batches of a worker for one round.</summary>
/// <param name="Batches">The batches.</param>
/// <param name="Touched">For each table that is trained, the rows that they look up.</param>
internal sealed record RoundBatches(IReadOnlyList<RowBatch> Batches, IReadOnlyList<TouchedRows> Touched);

/// <summary>Finds the rows that batches look up.</summary>
/// <param name="tables">The tables that are trained.</param>
internal sealed class TouchedRowsFinder(IReadOnlyList<TableShape> tables)
{
    private readonly int[][] _counts = [.. tables.Select(table => new int[table.KeyCount + 1])];

    /// <summary>For each table, the rows that batches look up.</summary>
    internal IReadOnlyList<TouchedRows> Of(IReadOnlyList<RowBatch> batches) => [.. tables.Select((table, i) => Of(table, _counts[i], batches))];

    private static TouchedRows Of(TableShape table, int[] counts, IReadOnlyList<RowBatch> batches)
    {
        List<int> rows = [];
        foreach (var batch in batches)
        {
            int[] terms = batch.TermsOf(table.Columns[0]);
            if (ReferenceEquals(terms, TermBatch.EveryKey))
                return new([.. Enumerable.Range(0, counts.Length)], Clear(Enumerable.Repeat(batches.Count, counts.Length)));
            foreach (int term in terms)
            {
                if (counts[term]++ == 0) rows.Add(term);
            }
        }
        rows.Sort();
        return new([.. rows], Clear(rows.Select(row => counts[row])));

        int[] Clear(IEnumerable<int> found)
        {
            int[] taken = [.. found];
            foreach (int row in rows) counts[row] = 0;
            return taken;
        }
    }
}
