using MLNet.Embeddings;

namespace Microsoft.ML;

/// <summary>Steps that turn text and values into keys.</summary>
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
        CheckNames(outputColumnName, inputColumnName);
        return new TokenIndexingEstimator(ClosedSide.EnvironmentOf(catalog), outputColumnName, inputColumnName, options ?? new());
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
        CheckNames(outputColumnName, inputColumnName);
        return new CategoryIndexingEstimator(ClosedSide.EnvironmentOf(catalog), outputColumnName, inputColumnName, options ?? new());
    }

    private static void CheckNames(string outputColumnName, string? inputColumnName)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        if (inputColumnName is not null) ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
    }
}
