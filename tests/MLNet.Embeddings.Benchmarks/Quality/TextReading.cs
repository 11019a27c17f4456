namespace MLNet.Embeddings.Benchmarks;

/// <summary>A way to read all texts of a set: one vocabulary, one table of vectors, an encoder each.</summary>
/// <param name="Name">What the names of its columns end with.</param>
/// <param name="Tokens">What becomes of the texts.</param>
/// <param name="Dimensions">Length of a term's vector.</param>
/// <param name="Encoder">How the terms' vectors become one.</param>
internal sealed record TextReading(string Name, TokenIndexingOptions Tokens, int Dimensions, SequenceEncoder Encoder);
