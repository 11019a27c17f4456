using MLNet.Embeddings;

namespace Microsoft.ML;

/// <summary>Files of tables as data views: CSV, TSV, JSON lines and Parquet.</summary>
public static class TableCatalog
{
    /// <summary>A view of a file, whose separator, header and types are found in it.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Data</c>.</param>
    /// <param name="path">The file: delimited text, JSON or Parquet, by its extension; text may be compressed (.gz).</param>
    /// <param name="options">How to read it; what they leave out is found in the file.</param>
    /// <returns>
    /// A lazy view that streams the file each time it is read. Its columns have the file's names and these types: Boolean, where all values are true or false;
    /// Single for numbers, Double where Single would lose digits, Int64 for whole numbers that are ids: different in all of more than 20 rows, and
    /// counting these up or down, or with a name such as CustomerId; DateTime for dates in ISO 8601; text for all else, also for numbers with leading zeros,
    /// such as zip codes and phone numbers, and for columns of more than one kind.
    /// </returns>
    /// <remarks>
    /// An empty field is a missing value: NaN of numbers, the default of dates, an empty text; so is NA, N/A, NaN, null, ? or - among numbers and dates. Spaces
    /// around a field that has no quotes are dropped, empty lines are skipped. Whether Boolean and Int64 columns have missing values decides their type, as
    /// these types have none.
    /// </remarks>
    /// <example><code>
    /// IDataView reviews = mlContext.Data.LoadTable("reviews.csv");
    /// var model = mlContext.BinaryClassification.Trainers.MultiEmbedding("Recommended").Fit(reviews);
    /// </code></example>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="TableFormatException">The file cannot be read as a table. Values are read, and may be refused, when the view is.</exception>
    /// <exception cref="ArgumentException">The options name a column that the file does not have, or a type that no column can have.</exception>
    public static IDataView LoadTable(this DataOperationsCatalog catalog, string path, TableOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return TableView.Open(path, options ?? new());
    }

    /// <summary>What is found in a file: how it is written, and for each column its type, its missing values and some of its values.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Data</c>.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read it; what they leave out is found in the file.</param>
    /// <returns>The description, whose <see cref="TableDescription.Options"/> read the file without looking again.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="TableFormatException">The file cannot be read as a table.</exception>
    /// <exception cref="ArgumentException">The options name a column that the file does not have, or a type that no column can have.</exception>
    public static TableDescription DescribeTable(this DataOperationsCatalog catalog, string path, TableOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return TableInference.Describe(path, options ?? new());
    }

    /// <summary>Writes a view to a file, row by row.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Data</c>.</param>
    /// <param name="view">The view. Keys are written as the values they stand for, or their numbers where these are not known.</param>
    /// <param name="path">
    /// The file: .csv, .tsv, .jsonl, .ndjson or .parquet; text is compressed where .gz follows. It is replaced when all is written, and left as it was on
    /// failure.
    /// </param>
    /// <remarks>
    /// A vector becomes a column per slot, named by its name, as in "Score.Dresses", or its number from 0. A missing value is an empty field or null.
    /// </remarks>
    /// <exception cref="ArgumentException">The extension is another one, or a column is of a type that files have none for.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveTable(this DataOperationsCatalog catalog, IDataView view, string path)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(view);
        ArgumentException.ThrowIfNullOrEmpty(path);
        TableSaving.Save(view, path);
    }

    /// <summary>Writes a view to a stream, row by row.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Data</c>.</param>
    /// <param name="view">The view.</param>
    /// <param name="stream">The stream, which stays open.</param>
    /// <param name="format">The format; delimited files have commas.</param>
    /// <inheritdoc cref="SaveTable(DataOperationsCatalog, IDataView, string)" path="/remarks"/>
    /// <exception cref="ArgumentException">A column is of a type that files have none for.</exception>
    public static void SaveTable(this DataOperationsCatalog catalog, IDataView view, Stream stream, TableFormat format)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(stream);
        TableSaving.Save(view, stream, format);
    }
}
