namespace MLNet.Embeddings;

/// <summary>One column's part of a batch.</summary>
internal abstract record ColumnBatch;
