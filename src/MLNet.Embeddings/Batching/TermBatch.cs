namespace MLNet.Embeddings;

/// <summary>One column's part of a batch, of keys.</summary>
/// <param name="Terms">The different keys.</param>
internal abstract record TermBatch(int[] Terms) : ColumnBatch;
