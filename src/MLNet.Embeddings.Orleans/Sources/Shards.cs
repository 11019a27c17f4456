using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Rows in parts, each of which is opened on a silo that has it.</summary>
/// <remarks>
/// A silo has a file if it is in its <see cref="EmbeddingsSiloOptions.DataFolder"/>, which may be a folder of its own or one that all share. Parts are taken in
/// the order of their names; all must have the same columns.
/// </remarks>
[GenerateSerializer, Immutable]
public abstract class Shards
{
    private protected Shards() { }

    /// <summary>What it is called in messages.</summary>
    internal abstract string Name { get; }

    /// <summary>Files as a loader of ML.NET reads them, such as a <see cref="TextLoader"/>.</summary>
    /// <param name="pattern">Which files, under the data folder of each silo, such as <c>data/*.csv</c> or <c>**/*.tsv</c>.</param>
    /// <param name="loader">Reads them; it is sent to the silos as ML.NET saves it.</param>
    /// <exception cref="ArgumentException">The pattern leads out of the folder.</exception>
    public static Shards Files(string pattern, IDataLoader<IMultiStreamSource> loader)
    {
        ArgumentNullException.ThrowIfNull(loader);
        return new LoadedShards(FilePattern.Checked(pattern), LoadedShards.Saved(loader));
    }

    /// <summary>
    /// Files of tables as <c>mlContext.Data.LoadTable</c> reads them: CSV, TSV, JSON lines and Parquet. Separators and headers are found in each file, types of
    /// columns over all of them, so that each column has the same type everywhere.
    /// </summary>
    /// <param name="pattern">Which files, under the data folder of each silo, such as <c>data/*.csv</c> or <c>**/*.parquet</c>.</param>
    /// <param name="options">How to read them; what they leave out is found in the files, by the silos that have them, in a pass over each.</param>
    /// <exception cref="ArgumentException">The pattern leads out of the folder; or a type is one that no column can have.</exception>
    public static Shards Tables(string pattern, TableOptions? options = null) =>
        new TableShards(FilePattern.Checked(pattern), new TableSettings(options ?? new()));

    /// <summary>Parts of a query of a database, which any silo reads that knows the connection.</summary>
    /// <param name="connection">
    /// Name of the connection, as silos have it: <see cref="EmbeddingsSiloOptions.AddConnection(string, Func{System.Data.Common.DbConnection})"/>.
    /// </param>
    /// <param name="sql">
    /// The query, with a parameter <c>@part</c> (or as the database writes parameters, <c>:part</c>, <c>$part</c>) for the number of the part, from 0, and,
    /// where it is of use, <c>@parts</c> for how many there are: <c>SELECT Note, Amount FROM Orders WHERE Id % @parts = @part ORDER BY Id</c>. Each row must
    /// be in one part, and each part the same each time it is read, its order as well.
    /// </param>
    /// <param name="parts">How many there are. At least 1.</param>
    /// <param name="columns">The columns to read, by their names in the result.</param>
    /// <exception cref="ArgumentException">There are several parts, and the query does not have the parameter; or there are no columns.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer parts than 1.</exception>
    public static Shards Query(string connection, string sql, int parts, params IReadOnlyList<QueryColumn> columns) =>
        new QueryShards(connection, sql, parts, columns);

    /// <summary>Parts of a source that the host has registered: <see cref="EmbeddingsSiloOptions.AddSource"/>.</summary>
    /// <param name="source">Its name.</param>
    public static Shards Custom(string source)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        return new CustomShards(source);
    }

    /// <summary>What a silo needs in order to have parts, for the message that none has.</summary>
    internal virtual string Needed =>
        $"Files are looked for in each silo's {nameof(EmbeddingsSiloOptions.DataFolder)}; " +
        "check that the silos call UseEmbeddings with the folder that has them.";

    /// <summary>Whether parts must be examined before they are opened: <see cref="Resolve"/>.</summary>
    internal virtual bool NeedsExamination => false;

    /// <summary>What a part tells of how all are to be read, such as the types of its columns. May read all of it.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    internal virtual byte[] Examine(ShardPlace place, string name) => throw new NotSupportedException($"'{Name}' is not examined.");

    /// <summary>The same parts, all of which are read alike.</summary>
    /// <param name="found">What <see cref="Examine"/> gave for each, in the order of names.</param>
    /// <exception cref="ShardException">They do not go together.</exception>
    internal virtual Shards Resolve(IReadOnlyList<(string Name, byte[] Found)> found) => this;

    /// <summary>Names of the parts that a silo has.</summary>
    internal abstract IEnumerable<string> Find(ShardPlace place);

    /// <summary>Opens a part, of shards that are resolved.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    internal abstract IDataView Open(MLContext context, ShardPlace place, string name);
}
