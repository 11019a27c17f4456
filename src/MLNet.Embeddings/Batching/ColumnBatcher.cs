namespace MLNet.Embeddings;

/// <summary>Cuts one column's part of a batch. Not thread-safe: it keeps scratch memory.</summary>
internal abstract class ColumnBatcher
{
    /// <param name="rows">The rows of the batch.</param>
    /// <param name="unknown">Turns some known keys into the unknown one.</param>
    internal abstract ColumnBatch Cut(ReadOnlySpan<int> rows, UnknownDropout unknown);
}
