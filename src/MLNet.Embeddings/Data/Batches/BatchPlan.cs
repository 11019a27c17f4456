namespace MLNet.Embeddings;

/// <summary>Which rows make up which batch.</summary>
/// <remarks>
/// Where the sequences of a batch are padded to the longest of them, rows of about the same length go together (bucketing): the shuffled rows are sorted by
/// length within windows of 50 batches, cut into batches, and the batches shuffled.
/// </remarks>
internal static class BatchPlan
{
    private const int WindowBatches = 50;

    /// <summary>The rows in a new random order, in batches.</summary>
    internal static int[][] Shuffled(TrainingTable table, int[] rows, int batchSize, bool bucketed, SplitMix random)
    {
        int[] order = [.. rows];
        random.Draw<int>(order, order.Length);
        if (!bucketed) return Cut(order, batchSize);
        foreach (int start in Starts(order.Length, WindowBatches * batchSize)) SortByLength(table, Window(order, start, WindowBatches * batchSize));
        int[][] batches = Cut(order, batchSize);
        random.Draw<int[]>(batches, batches.Length);
        return batches;
    }

    /// <summary>The rows by length, in batches: for validation, where order does not matter.</summary>
    internal static int[][] Ordered(TrainingTable table, int[] rows, int batchSize)
    {
        int[] order = [.. rows];
        SortByLength(table, order);
        return Cut(order, batchSize);
    }

    private static void SortByLength(TrainingTable table, Span<int> rows)
    {
        int[] lengths = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++) lengths[i] = table.TokensOf(rows[i]);
        if (lengths.AsSpan().IndexOfAnyExcept(0) >= 0) lengths.AsSpan().Sort(rows);
    }

    private static int[][] Cut(int[] order, int batchSize) => [.. Starts(order.Length, batchSize).Select(start => Window(order, start, batchSize).ToArray())];

    private static Span<int> Window(int[] order, int start, int size) => order.AsSpan(start, Math.Min(size, order.Length - start));

    private static IEnumerable<int> Starts(int count, int size)
    {
        for (int start = 0; start < count; start += size) yield return start;
    }
}
