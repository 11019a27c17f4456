namespace MLNet.Embeddings;

/// <summary>Sequences of a batch, without padding: each different key once, and which of them each token is.</summary>
/// <param name="Terms">The different keys.</param>
/// <param name="Lengths">Number of tokens, per row.</param>
/// <param name="TermOfToken">Index into <paramref name="Terms"/>, per token, row after row.</param>
internal sealed record SequenceBatch(int[] Terms, int[] Lengths, int[] TermOfToken) : TermBatch(Terms)
{
    internal int MaxLength => Lengths.Length == 0 ? 0 : Lengths.Max();
}
