using System.Globalization;
using System.Runtime.InteropServices;

namespace MLNet.Embeddings;

/// <summary>Counts terms, and makes a vocabulary of the most frequent. Its memory grows with the distinct terms, not with the data.</summary>
internal sealed class VocabularyBuilder
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    internal VocabularyBuilder() => _lookup = _counts.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>How often a term was counted.</summary>
    internal long CountOf(string term) => _counts.GetValueOrDefault(term);

    /// <summary>The terms so far, in no order.</summary>
    internal IReadOnlyCollection<string> Terms => _counts.Keys;

    /// <summary>Counts a term once or more often; an empty one is missing and not counted.</summary>
    internal void Add(ReadOnlySpan<char> term, int times = 1)
    {
        if (term.IsEmpty || times == 0) return;
        CollectionsMarshal.GetValueRefOrAddDefault(_lookup, term, out _) += times;
    }

    /// <summary>Adds the counts of another.</summary>
    internal void Add(VocabularyBuilder other)
    {
        foreach (var (term, count) in other._counts) CollectionsMarshal.GetValueRefOrAddDefault(_counts, term, out _) += count;
    }

    /// <summary>A vocabulary of the terms that are known already and of the new ones, these by falling count and then in ordinal order.</summary>
    /// <param name="settings">The cap and the least count of the new terms.</param>
    /// <param name="known">The unknown term at least.</param>
    /// <param name="summary">A sentence on what became of the terms met.</param>
    internal Vocabulary Build(VocabularySettings settings, Vocabulary known, out string summary)
    {
        var found = _counts.Where(term => term.Value >= settings.MinCount && !known.Contains(term.Key) && Vocabulary.IsTerm(term.Key)).ToArray();
        var added = found
            .Where(term => term.Value >= settings.LeastCount(known.Count + found.Length))
            .OrderByDescending(term => term.Value).ThenBy(term => term.Key, StringComparer.Ordinal)
            .Take(settings.MaxTerms).ToArray();
        var met = _counts.Where(term => known.KeyOf(term.Key) != TermKeys.Unknown).ToArray();

        long total = _counts.Values.Sum(), unknown = total - added.Sum(term => term.Value) - met.Sum(term => term.Value);
        var culture = CultureInfo.InvariantCulture;
        string news = known.Terms.Count > 1 ? string.Create(culture, $", {added.Length:N0} of them new ones") : "";
        summary = string.Create(culture,
            $"{added.Length + met.Length:N0} of {_counts.Count:N0} terms have keys{news}; {unknown:N0} of {total:N0} occurrences are unknown.");
        return known.With(added.Select(term => term.Key));
    }
}

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
