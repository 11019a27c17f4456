using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings;

/// <summary>The keys of the source or the target of the data to fit on.</summary>
/// <param name="Column">The column.</param>
/// <param name="Given">The same column as the data has it.</param>
/// <param name="KeysName">Name of the column of keys: its own, or that of the one to add.</param>
internal sealed record IndexedTokens(TokenColumn Column, DataViewSchema.Column Given, string KeysName)
{
    /// <summary>Finds the column, and learns the vocabulary of its text if it is text.</summary>
    /// <param name="environment">The context.</param>
    /// <param name="role">Whether it is the source or the target.</param>
    /// <param name="name">Name of the column.</param>
    /// <param name="keysName">Name of the column of keys, if one has to be added.</param>
    /// <param name="options">How text is cut, and which terms get keys.</param>
    /// <param name="data">The data to learn from.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or neither of text nor of vectors of keys.</exception>
    /// <exception cref="InvalidOperationException">The data has no rows.</exception>
    internal static IndexedTokens Learn(IHostEnvironment environment, string role, string name, string keysName, TokenIndexingOptions options, IDataView data)
    {
        var column = data.Schema.Find(role, name);
        if (!TokenColumn.IsText(role, name, InputType.Of(column))) return new(new TokenColumn(role, name, null, KeyReading.KeyCount(column)), column, name);
        var indexing = new TokenIndexingEstimator(environment, [new IndexedColumn(keysName, name)], options with { FixedLength = false }).Fit(data);
        return new(new TokenColumn(role, name, indexing, indexing.KeyCount), column, keysName);
    }

    internal bool IsText => Column.Indexing is not null;

    /// <summary>Whether the first key stands for unknown terms.</summary>
    internal bool HasUnknown => IsText || Given.HasUnknownKey();

    /// <summary>The data with the column of keys.</summary>
    internal IDataView KeysOf(IDataView view) => Column.Indexing?.Transform(view) ?? view;

    /// <summary>The terms of all keys.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The keys have no values that can be made text.</exception>
    internal Vocabulary Terms()
    {
        if (Column.Indexing is not null) return Column.Indexing.Vocabulary!;
        string[] terms = KeyColumn.TextsOf(Given) ?? [];
        if (terms.Length == Column.KeyCount && terms.All(Vocabulary.IsTerm) && terms.Distinct(StringComparer.Ordinal).Count() == terms.Length) return new Vocabulary(terms);
        throw SchemaErrors.Mismatch(Column.Role, Column.Name, "Vector<Key> with a text for each key", Given.Type.ToString()!,
            "Index the text with mlContext.Transforms.Text.IndexTokens, without HashBuckets and NgramHashBuckets, or give the column of text itself.");
    }
}
