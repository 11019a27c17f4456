using Microsoft.ML.Runtime;

namespace MLNet.Embeddings;

/// <summary>Makes one vocabulary of one column or several: the part of fitting that all indexing estimators share.</summary>
/// <param name="host">Where messages go.</param>
/// <param name="settings">Which terms are kept.</param>
/// <param name="setAside">Number of keys set aside for hashed terms.</param>
internal sealed class VocabularyLearner(IHost host, VocabularySettings settings, int setAside = 0)
{
    /// <summary>The terms in order, copied so that the caller's list may change; null when they are learned.</summary>
    internal IReadOnlyList<string>? Given { get; } = settings.Given?.ToArray();

    /// <summary>The counts of terms; null where the terms were given, so that nothing has to be counted.</summary>
    /// <param name="request">What is counted.</param>
    /// <param name="count">Counts.</param>
    /// <exception cref="InvalidOperationException">The data has no rows.</exception>
    internal TermCounts? Count(TermRequest request, Func<TermRequest, TermCounts> count)
    {
        if (Given is not null) return null;
        var counts = count(request);
        if (counts.Rows > 0) return counts;
        counts.Dispose();
        throw new InvalidOperationException(
            $"The terms of {Describe(request)} cannot be learned, because the data has no rows. " +
            "Fit on data with rows, or give the terms in the option Vocabulary.");
    }

    /// <summary>The terms that were given, else the most frequent of those counted; behind those of a previous vocabulary, if any.</summary>
    /// <param name="request">What was counted.</param>
    /// <param name="counts">The counts; null where the terms were given.</param>
    /// <param name="previous">The vocabulary whose terms keep their keys; null to begin a new one.</param>
    internal Vocabulary Learn(TermRequest request, TermCounts? counts, Vocabulary? previous)
    {
        var known = previous ?? new Vocabulary([settings.UnknownTerm], setAside);
        if (counts is null) return known.With(Given!.Where(term => !known.Contains(term)));

        using var channel = host.Start("Fit");
        var vocabulary = counts.Terms.Build(settings, known, out string summary);
        channel.Info(MessageSensitivity.Schema, $"Vocabulary of {Describe(request)}: {summary}");
        return vocabulary;
    }

    private static string Describe(TermRequest request) => IndexedColumn.Describe([.. request.Columns]);
}
