namespace MLNet.Embeddings;

/// <summary>Gives the term that a value stands for, empty for a missing value. It may write it into the memory given, of <see cref="TermTexts.Longest"/>.</summary>
internal delegate ReadOnlySpan<char> TermText<in T>(T value, Span<char> memory);
