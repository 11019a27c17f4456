using System.Diagnostics.CodeAnalysis;
using MLNet.Embeddings;

namespace Microsoft.ML;

/// <summary>Steps that turn text and values into keys.</summary>
[SuppressMessage("ApiDesign", "RS0026", Justification = "A name is never taken for an array of columns, so no call becomes ambiguous.")]
public static class IndexingCatalog
{
    /// <summary>Cuts text into tokens and turns each into a key of a learned vocabulary.</summary>
    /// <param name="catalog">The catalog <c>mlContext.Transforms.Text</c>.</param>
    /// <param name="outputColumnName">Name of the column of keys to add; it may be the input's.</param>
    /// <param name="inputColumnName">Name of the text column; null when it is the output's.</param>
    /// <param name="options">How text is cut and which terms get keys; the defaults when null.</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.Text.IndexTokens("TitleKeys", "Title", new TokenIndexingOptions { MaxTerms = 10_000, MaxLength = 50 });
    /// </code></example>
    /// <exception cref="ArgumentException">A name is empty, or a setting cannot be used; then the message lists all that cannot.</exception>
    public static TokenIndexingEstimator IndexTokens(
        this TransformsCatalog.TextTransforms catalog, string outputColumnName, string? inputColumnName = null, TokenIndexingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new TokenIndexingEstimator(ClosedSide.EnvironmentOf(catalog), Column(outputColumnName, inputColumnName), options ?? new());
    }

    /// <summary>
    /// Cuts the texts of several columns into tokens and turns each into a key of one vocabulary, learned of all of them together in one pass.
    /// </summary>
    /// <remarks>
    /// A term has the same key in all of the columns, so that a trainer can let them share one table: titles and bodies, questions and answers. ML.NET's own
    /// steps for several columns learn each its own; for that, append one <c>IndexTokens</c> a column.
    /// </remarks>
    /// <param name="catalog">The catalog <c>mlContext.Transforms.Text</c>.</param>
    /// <param name="columns">The columns of keys to add, each with the text column that it is made of.</param>
    /// <param name="options">How text is cut and which terms get keys; the defaults when null.</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.Text.IndexTokens(
    ///     [new("TitleKeys", "Title"), new("BodyKeys", "Body")], new TokenIndexingOptions { MaxTerms = 30_000 });
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// No column is given, a name is empty or there twice, or a setting cannot be used; the message lists all faults.
    /// </exception>
    public static TokenIndexingEstimator IndexTokens(
        this TransformsCatalog.TextTransforms catalog, InputOutputColumnPair[] columns, TokenIndexingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new TokenIndexingEstimator(ClosedSide.EnvironmentOf(catalog), Columns(nameof(IndexTokens), columns), options ?? new());
    }

    /// <summary>Turns values (texts, Booleans, numbers, keys or vectors of these) into keys of a learned vocabulary.</summary>
    /// <param name="catalog">The catalog <c>mlContext.Transforms.Categorical</c>.</param>
    /// <param name="outputColumnName">Name of the column of keys to add; it may be the input's.</param>
    /// <param name="inputColumnName">Name of the column with the values; null when it is the output's.</param>
    /// <param name="options">Which terms get keys; the defaults when null.</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.Categorical.IndexCategories("DepartmentKey", "Department", new CategoryIndexingOptions { MinCount = 5 });
    /// </code></example>
    /// <exception cref="ArgumentException">A name is empty, or a setting cannot be used; then the message lists all that cannot.</exception>
    public static CategoryIndexingEstimator IndexCategories(
        this TransformsCatalog.CategoricalTransforms catalog, string outputColumnName, string? inputColumnName = null, CategoryIndexingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new CategoryIndexingEstimator(ClosedSide.EnvironmentOf(catalog), Column(outputColumnName, inputColumnName), options ?? new());
    }

    /// <summary>Turns the values of several columns into keys of one vocabulary, learned of all of them together in one pass.</summary>
    /// <remarks>
    /// A value has the same key in all of the columns, so that a trainer can let them share one table: source and destination, home and away. The columns may
    /// be of different types. ML.NET's own steps for several columns learn each its own; for that, append one <c>IndexCategories</c> a column.
    /// </remarks>
    /// <param name="catalog">The catalog <c>mlContext.Transforms.Categorical</c>.</param>
    /// <param name="columns">The columns of keys to add, each with the column of values that it is made of.</param>
    /// <param name="options">Which terms get keys; the defaults when null.</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.Categorical.IndexCategories([new("FromKey", "From"), new("ToKey", "To")]);
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// No column is given, a name is empty or there twice, or a setting cannot be used; the message lists all faults.
    /// </exception>
    public static CategoryIndexingEstimator IndexCategories(
        this TransformsCatalog.CategoricalTransforms catalog, InputOutputColumnPair[] columns, CategoryIndexingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new CategoryIndexingEstimator(ClosedSide.EnvironmentOf(catalog), Columns(nameof(IndexCategories), columns), options ?? new());
    }

    private static IndexedColumn[] Column(string outputColumnName, string? inputColumnName)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        if (inputColumnName is not null) ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        return [new IndexedColumn(outputColumnName, inputColumnName ?? outputColumnName)];
    }

    private static IndexedColumn[] Columns(string method, InputOutputColumnPair[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        foreach (var column in columns) ArgumentNullException.ThrowIfNull(column, nameof(columns));
        var indexed = Array.ConvertAll(columns, column => new IndexedColumn(column.OutputColumnName, column.InputColumnName));
        OptionErrors.ThrowIfAny($"The columns of {method}", IndexedColumn.Faults(indexed), nameof(columns));
        return indexed;
    }
}
