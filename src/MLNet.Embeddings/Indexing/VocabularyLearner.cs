using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings;

/// <summary>Makes the vocabulary of one column: the part of fitting that all indexing estimators share.</summary>
internal sealed class VocabularyLearner(IHost host, VocabularySettings settings)
{
    /// <summary>The terms in order, copied so that the caller's list may change; null when they are learned.</summary>
    internal IReadOnlyList<string>? Given { get; } = settings.Given?.ToArray();

    /// <summary>The vocabulary that was given, else the one learned in a single pass over the column.</summary>
    /// <param name="data">The data; only the one column is read.</param>
    /// <param name="column">The column with the terms.</param>
    /// <param name="createCounter">Makes, for a cursor, the action that counts the terms of its current row.</param>
    /// <exception cref="InvalidOperationException">The data has no rows.</exception>
    internal Vocabulary Learn(IDataView data, DataViewSchema.Column column, Func<DataViewRow, VocabularyBuilder, Action> createCounter)
    {
        if (Given is not null) return new Vocabulary(Given.Prepend(settings.UnknownTerm));

        using var channel = host.Start("Fit");
        var builder = new VocabularyBuilder();
        Count(data, column, cursor => createCounter(cursor, builder));
        var vocabulary = builder.Build(settings, out string summary);
        channel.Info(MessageSensitivity.Schema, $"Column '{column.Name}': {summary}");
        return vocabulary;
    }

    private static void Count(IDataView data, DataViewSchema.Column column, Func<DataViewRow, Action> createCounter)
    {
        using var cursor = data.GetRowCursor([column]);
        if (!cursor.MoveNext()) throw new InvalidOperationException(
            $"The terms of column '{column.Name}' cannot be learned, because the data has no rows. Fit on data with rows, or give the terms in the option Vocabulary.");

        var count = createCounter(cursor);
        do count(); while (cursor.MoveNext());
    }
}
