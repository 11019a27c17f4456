namespace MLNet.Embeddings;

/// <summary>Some rows as plain arrays, ready to become tensors.</summary>
/// <param name="Columns">The input columns, in the network's order.</param>
/// <param name="Labels">For each label of the network, one per row; NaN is missing.</param>
/// <param name="Weights">A weight per row.</param>
internal sealed record RowBatch(IReadOnlyList<ColumnBatch> Columns, IReadOnlyList<float[]> Labels, float[] Weights)
{
    internal int RowCount => Weights.Length;

    /// <summary>The different keys that a column, and with it all others of its table, look up.</summary>
    internal int[] TermsOf(int column) => ((TermBatch)Columns[column]).Terms;
}
