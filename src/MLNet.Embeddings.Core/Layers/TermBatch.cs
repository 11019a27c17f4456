namespace MLNet.Embeddings;

/// <summary>One column's part of a batch, of keys.</summary>
/// <param name="Terms">The different keys; those of all columns of a table together, if it is shared.</param>
internal abstract record TermBatch(int[] Terms) : ColumnBatch;
