using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings;

/// <summary>Makes the vocabulary of one column: the part of fitting that all indexing estimators share.</summary>
/// <param name="host">Where messages go.</param>
/// <param name="settings">Which terms are kept.</param>
/// <param name="setAside">Number of keys set aside for hashed terms.</param>
internal sealed class VocabularyLearner(IHost host, VocabularySettings settings, int setAside = 0)
{
    /// <summary>The terms in order, copied so that the caller's list may change; null when they are learned.</summary>
    internal IReadOnlyList<string>? Given { get; } = settings.Given?.ToArray();

    /// <summary>The vocabulary that was given, else the one learned in a single pass over the column.</summary>
    /// <param name="data">The data; only the one column is read.</param>
    /// <param name="column">The column with the terms.</param>
    /// <param name="createCounter">Makes the counter of a cursor's terms.</param>
    /// <exception cref="InvalidOperationException">The data has no rows.</exception>
    internal Vocabulary Learn(IDataView data, DataViewSchema.Column column, Func<DataViewRow, ITermCounter> createCounter)
    {
        if (Given is not null) return new Vocabulary(Given.Prepend(settings.UnknownTerm), setAside);

        using var channel = host.Start("Fit");
        var vocabulary = Count(data, column, createCounter).Build(settings, setAside, out string summary);
        channel.Info(MessageSensitivity.Schema, $"Column '{column.Name}': {summary}");
        return vocabulary;
    }

    private static VocabularyBuilder Count(IDataView data, DataViewSchema.Column column, Func<DataViewRow, ITermCounter> createCounter)
    {
        using var cursor = data.GetRowCursor([column]);
        if (!cursor.MoveNext()) throw new InvalidOperationException(
            $"The terms of column '{column.Name}' cannot be learned, because the data has no rows. Fit on data with rows, or give the terms in the option Vocabulary.");

        var counter = createCounter(cursor);
        do counter.Count(); while (cursor.MoveNext());
        return counter.Finish();
    }
}
