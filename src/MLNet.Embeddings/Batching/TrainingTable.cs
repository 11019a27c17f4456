namespace MLNet.Embeddings;

/// <summary>The rows to learn from, read once from a data view into arrays: input columns, labels and example weights.</summary>
internal sealed record TrainingTable(IReadOnlyList<ColumnData> Columns, float[] Labels, float[] Weights, int SkippedRows)
{
    internal int RowCount => Labels.Length;

    /// <summary>Tokens of a row in all sequence columns together.</summary>
    internal int TokensOf(int row)
    {
        int tokens = 0;
        foreach (var column in Columns) tokens += column.TokensOf(row);
        return tokens;
    }
}
