namespace MLNet.Embeddings.Tests;

/// <summary>Training tables made by hand.</summary>
internal static class Tables
{
    /// <summary>A table of one sequence column with sequences of the given lengths, of keys 2, 3, 2, 3 and so on.</summary>
    internal static TrainingTable OfLengths(params int[] lengths) => Of(Sequences([.. lengths.Select(Alternating)]), lengths.Length);

    /// <summary>A table of one column, without labels or weights of meaning.</summary>
    internal static TrainingTable Of(ColumnData column, int rows)
    {
        float[] weights = new float[rows];
        Array.Fill(weights, 1f);
        return new TrainingTable([column], [new float[rows]], weights, SkippedRows: 0);
    }

    internal static SequenceData Sequences(int[][] rows, int keyCount = 3, bool hasUnknown = true, string? sharedTable = null)
    {
        int[] offsets = new int[rows.Length + 1];
        for (int i = 0; i < rows.Length; i++) offsets[i + 1] = offsets[i] + rows[i].Length;
        return new SequenceData([.. rows.SelectMany(row => row)], offsets, keyCount, hasUnknown) { SharedTable = sharedTable };
    }

    /// <summary>The numbers of a row.</summary>
    internal static double[] Numbers(this ColumnData column, int row)
    {
        double[] numbers = new double[((NumberData)column).Size];
        ((NumberData)column).CopyRow(row, numbers);
        return numbers;
    }

    private static int[] Alternating(int length) => [.. Enumerable.Range(0, length).Select(i => 2 + i % 2)];
}
