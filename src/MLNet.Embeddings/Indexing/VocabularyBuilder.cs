using System.Runtime.InteropServices;

namespace MLNet.Embeddings;

/// <summary>Counts terms, and makes a vocabulary of the most frequent. Its memory grows with the distinct terms, not with the data.</summary>
internal sealed class VocabularyBuilder
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    internal VocabularyBuilder() => _lookup = _counts.GetAlternateLookup<ReadOnlySpan<char>>();

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

    /// <summary>The vocabulary, by falling count and then in ordinal order.</summary>
    /// <param name="settings">The cap, the least count and the unknown term.</param>
    /// <param name="setAside">Number of keys set aside for hashed terms.</param>
    /// <param name="summary">A sentence on what became of the terms met.</param>
    internal Vocabulary Build(VocabularySettings settings, int setAside, out string summary)
    {
        var kept = _counts
            .Where(term => term.Value >= settings.MinCount && term.Key != settings.UnknownTerm && Vocabulary.IsTerm(term.Key))
            .OrderByDescending(term => term.Value).ThenBy(term => term.Key, StringComparer.Ordinal)
            .Take(settings.MaxTerms).ToArray();

        long total = _counts.Values.Sum(), unknown = total - kept.Sum(term => term.Value);
        summary = $"{kept.Length:N0} of {_counts.Count:N0} terms have keys; {unknown:N0} of {total:N0} occurrences are unknown.";
        return new Vocabulary(kept.Select(term => term.Key).Prepend(settings.UnknownTerm), setAside);
    }
}
