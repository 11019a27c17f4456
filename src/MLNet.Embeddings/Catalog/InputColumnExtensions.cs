using MLNet.Embeddings;

namespace Microsoft.ML;

/// <summary>Says how columns of data would be read.</summary>
public static class InputColumnExtensions
{
    /// <summary>The columns that a trainer reads where none are named, each as it would be read: to be looked at, and changed, before it trains.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Data</c>.</param>
    /// <param name="data">The rows to train on; one pass is taken over them.</param>
    /// <param name="leftOut">Names of the columns that are not to be read: the label, and others.</param>
    /// <returns>The columns in the order of the data, without ids (integers that are different in all rows) and columns that have no values.</returns>
    /// <example><code>
    /// InputColumn[] columns = [.. mlContext.Data.SuggestColumns(reviews, "Recommended"), InputColumn.Category("Rating")];
    /// </code></example>
    public static IReadOnlyList<InputColumn> SuggestColumns(this DataOperationsCatalog catalog, IDataView data, params IReadOnlyList<string> leftOut)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(leftOut);
        return ViewFacts.Of(data, [], leftOut, CancellationToken.None).Columns;
    }
}
