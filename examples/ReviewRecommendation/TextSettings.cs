namespace ReviewRecommendation;

/// <summary>How a text is read.</summary>
/// <param name="MaxTerms">Most words with a vector of their own.</param>
/// <param name="MaxLength">Most words of a text; the rest is cut off.</param>
/// <param name="Dimensions">Length of a word's vector.</param>
/// <param name="Units">Units of the GRU that reads the words in order.</param>
internal sealed record TextSettings(int MaxTerms, int MaxLength, int Dimensions, int Units);
