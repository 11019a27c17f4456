using Microsoft.ML;
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

    /// <summary>The terms that were given, else those learned in a single pass over the columns; behind those of a previous vocabulary, if any.</summary>
    /// <param name="data">The data; only these columns are read.</param>
    /// <param name="columns">The columns with the terms.</param>
    /// <param name="createCounter">Makes the counter of a cursor's terms.</param>
    /// <param name="previous">The vocabulary whose terms keep their keys; null to begin a new one.</param>
    /// <param name="pass">The pass; ended as well by the context's own cancellation.</param>
    /// <exception cref="InvalidOperationException">The data has no rows.</exception>
    /// <exception cref="OperationCanceledException">The pass was ended.</exception>
    internal Vocabulary Learn(
        IDataView data, IReadOnlyList<DataViewSchema.Column> columns, Func<DataViewRow, TermCounter> createCounter, Vocabulary? previous,
        RowPass pass)
    {
        var known = previous ?? new Vocabulary([settings.UnknownTerm], setAside);
        if (Given is not null) return known.With(Given.Where(term => !known.Contains(term)));

        using var channel = host.Start("Fit");
        var vocabulary = Count(data, columns, createCounter, pass).Build(settings, known, out string summary);
        channel.Info(MessageSensitivity.Schema, $"Vocabulary of {Describe(columns)}: {summary}");
        return vocabulary;
    }

    private VocabularyBuilder Count(
        IDataView data, IReadOnlyList<DataViewSchema.Column> columns, Func<DataViewRow, TermCounter> createCounter, RowPass pass)
    {
        using var cursor = data.GetRowCursor(columns);
        if (!cursor.MoveNext()) throw new InvalidOperationException(
            $"The terms of {Describe(columns)} cannot be learned, because the data has no rows. " +
            "Fit on data with rows, or give the terms in the option Vocabulary.");

        var counter = createCounter(cursor);
        do
        {
            pass.Next();
            if (ClosedSide.IsCanceled(host)) throw new OperationCanceledException("The MLContext was cancelled.");
            counter.Count();
        }
        while (cursor.MoveNext());
        return counter.Finish();
    }

    private static string Describe(IReadOnlyList<DataViewSchema.Column> columns) => IndexedColumn.Describe([.. columns.Select(column => column.Name)]);
}

/// <summary>Counts the terms of a cursor's rows.</summary>
/// <param name="Count">Counts those of the current row, at once or with those of later rows.</param>
/// <param name="Finish">The counts of all rows.</param>
internal sealed record TermCounter(Action Count, Func<VocabularyBuilder> Finish);
