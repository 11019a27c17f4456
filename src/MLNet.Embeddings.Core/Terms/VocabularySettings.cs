namespace MLNet.Embeddings;

/// <summary>Which terms make up a vocabulary: those given, or the most frequent of the data.</summary>
/// <param name="UnknownTerm">The term that stands for all others.</param>
/// <param name="MaxTerms">Most terms kept, the unknown one not counted.</param>
/// <param name="MinCount">Least count of a kept term.</param>
/// <param name="Given">The terms in order; null when they are learned.</param>
internal sealed record VocabularySettings(string UnknownTerm, int MaxTerms, int MinCount, IReadOnlyList<string>? Given)
{
    internal const string DefaultUnknownTerm = "[UNK]";

    /// <summary>From so many keys on, terms that occur once get none; null for never.</summary>
    internal int? ManyKeys { get; init; }

    /// <summary>Given terms in the form of those of texts, as far as they are not null.</summary>
    internal static IReadOnlyList<string>? InOneForm(IReadOnlyList<string>? terms) =>
        terms?.Select(term => term is null ? null! : TextForm.Plain(term)).ToArray();

    /// <summary>Least count of a kept term where there would be so many keys.</summary>
    internal int LeastCount(int keys) => Math.Min(keys, 1L + MaxTerms) >= ManyKeys ? Math.Max(2, MinCount) : MinCount;

    /// <summary>What is wrong with the settings, a sentence each; empty when nothing is.</summary>
    internal IEnumerable<string> Faults()
    {
        if (MaxTerms < 1) yield return $"MaxTerms must be at least 1; it was {MaxTerms}.";
        if (MinCount < 1) yield return $"MinCount must be at least 1; it was {MinCount}.";
        if (!Vocabulary.IsTerm(UnknownTerm)) yield return "UnknownTerm must not be empty, and must be well-formed UTF-16.";
        if (Given is not null && FirstFault(Given) is { } fault) yield return fault;
    }

    private string? FirstFault(IReadOnlyList<string> terms)
    {
        var seen = new Dictionary<string, int>();
        for (int i = 0; i < terms.Count; i++)
        {
            if (!Vocabulary.IsTerm(terms[i])) return $"The terms of Vocabulary must not be empty, and must be well-formed UTF-16; the one at index {i} is not.";
            if (terms[i] == UnknownTerm) return $"Vocabulary must not hold the unknown term '{UnknownTerm}', which is added by itself; it does at index {i}.";
            if (!seen.TryAdd(terms[i], i)) return $"Vocabulary must not hold a term twice; '{terms[i]}' is at index {seen[terms[i]]} and {i}.";
        }
        return null;
    }
}
