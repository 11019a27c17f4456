using System.Globalization;

namespace MLNet.Embeddings;

/// <summary>Says what indexing texts leaves out of them, and the cure; null where there is nothing to say.</summary>
/// <param name="columns">The columns of text, in words.</param>
/// <param name="options">How they are indexed.</param>
/// <param name="terms">Cuts them.</param>
internal sealed class TokenLosses(string columns, TokenIndexingOptions options, TextTerms terms)
{
    /// <summary>A greater share of unknown tokens is told.</summary>
    private const double MuchUnknown = 0.2;

    private readonly string _tokens = Tokens(options.Split);

    /// <summary>What is cut off at the greatest length.</summary>
    internal string? OfLongTexts(TextLengths lengths) => lengths.Longer == 0
        ? null
        : string.Create(CultureInfo.InvariantCulture,
            $"{Share(lengths.Longer, lengths.Texts)} of the texts of {columns} have more than MaxLength = {options.MaxLength} {_tokens}, the longest " +
            $"{lengths.Longest}; what comes after these is cut off. If it matters, raise MaxLength in TokenIndexingOptions.");

    /// <summary>The same where texts were not counted before they were read, of which only the share is known.</summary>
    internal static string? OfCutTexts(IndexedColumn column, TokenIndexingShape shape, CutTexts cuts) => cuts.Share is var share && share == 0
        ? null
        : string.Create(CultureInfo.InvariantCulture,
            $"{100 * share:0.#} % of the texts of column '{column.InputColumnName}' have more than MaxLength = {shape.MaxLength} {Tokens(shape.Split)}; " +
            $"what comes after these is cut off. If it matters, raise MaxLength in TokenIndexingOptions.");

    /// <summary>Tokens that have no key of their own.</summary>
    /// <param name="counts">How often each term was met, and the lengths of the texts.</param>
    /// <param name="vocabulary">The terms with keys.</param>
    internal string? OfUnknownTokens(TermCounts counts, Vocabulary vocabulary)
    {
        string cures = options.AreDecoded ? "Raise MaxTerms or lower MinCount" : "Raise MaxTerms, lower MinCount, or hash terms (HashBuckets)";
        long tokens = counts.Lengths.Tokens, unknown = tokens - counts.Terms.CountOf(vocabulary.Terms.Skip(1).Where(IsToken));
        return unknown <= MuchUnknown * tokens
            ? null
            : string.Create(CultureInfo.InvariantCulture,
                $"{Share(unknown, tokens)} of the {_tokens} of {columns} are unknown: they are none of the MaxTerms = {options.MaxTerms} most " +
                $"frequent terms, or rarer than MinCount. {cures} in TokenIndexingOptions.");
    }

    /// <summary>Terms that were given but that no text has.</summary>
    internal string? OfGivenTerms(IReadOnlyList<string> given)
    {
        string[] unmet = [.. given.Where(term => !IsMet(term))];
        return unmet.Length == 0
            ? null
            : string.Create(CultureInfo.InvariantCulture,
                $"{unmet.Length:N0} terms of the given vocabulary can never be met, '{unmet[0]}' for one: no text gives such terms with " +
                $"Split = {options.Split}, Standardize = {options.Standardizes} and at most {options.CountedLength} tokens a term.");
    }

    private bool IsToken(string term)
    {
        if (options.CountedLength == 1) return true;
        terms.Start(term.AsMemory());
        return terms.MoveNext() && terms.Current.SequenceEqual(term);
    }

    private bool IsMet(string term)
    {
        terms.Start(term.AsMemory());
        while (terms.MoveNext())
        {
            if (terms.Current.SequenceEqual(term)) return true;
        }
        return false;
    }

    private static string Tokens(TokenSplit split) => split is TokenSplit.Character or TokenSplit.WordCharacter ? "characters" : "tokens";

    private static string Share(long part, long whole) =>
        string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0.#} % ({part:N0} of {whole:N0})");
}
