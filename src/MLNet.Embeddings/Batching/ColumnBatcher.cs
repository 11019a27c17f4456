namespace MLNet.Embeddings;

/// <summary>Cuts one column's part of a batch. Not thread-safe: it keeps scratch memory.</summary>
internal abstract class ColumnBatcher
{
    /// <summary>The column's part, its terms left out: other columns may add to them.</summary>
    /// <param name="rows">The rows of the batch.</param>
    /// <param name="unknown">Turns some known keys into the unknown one.</param>
    internal abstract ColumnBatch Cut(ReadOnlySpan<int> rows, UnknownDropout unknown);
}
