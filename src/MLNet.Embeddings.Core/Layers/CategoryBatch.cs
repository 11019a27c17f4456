namespace MLNet.Embeddings;

/// <summary>Categories of a batch: each different key once, and which of them each row has.</summary>
/// <param name="Terms">The different keys.</param>
/// <param name="TermOfRow">Index into <paramref name="Terms"/>, per row.</param>
internal sealed record CategoryBatch(int[] Terms, int[] TermOfRow) : TermBatch(Terms);
