using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>How a file is read as a table. What is left out is found in the file.</summary>
public sealed record TableOptions
{
    /// <summary>How the rows are written.</summary>
    /// <value>
    /// Default null: by the extension, .csv, .tsv, .tab, .jsonl, .ndjson, .json or .parquet, before .gz where there is one; delimited for others.
    /// </value>
    public TableFormat? Format { get; init; }

    /// <summary>What stands between the fields of a delimited file.</summary>
    /// <value>Default null: that of comma, semicolon, tab and vertical bar which cuts the first rows into the same number of fields.</value>
    public char? Separator { get; init; }

    /// <summary>Whether the first row of a delimited file has the names of the columns. Without it they are Column1, Column2 and so on.</summary>
    /// <value>Default null: it has, if all its fields look like names, each a different one, and no value of a column is its name again.</value>
    public bool? HasHeader { get; init; }

    /// <summary>Whether fields of a delimited file may stand between double quotes, which then may hold separators, line breaks and, twice, quotes.</summary>
    /// <value>Default null: they may, unless a file has quotes that only make sense as they stand.</value>
    public bool? Quoted { get; init; }

    /// <summary>The mark before the decimals of numbers in files of text, a point or a comma.</summary>
    /// <value>Default null: a point; a comma if a file with semicolons between its fields has numbers that can be read with it only.</value>
    public char? DecimalSeparator { get; init; }

    /// <summary>The encoding of files of text.</summary>
    /// <value>Default null: UTF-8, or what a byte order mark says.</value>
    public Encoding? Encoding { get; init; }

    /// <summary>Number of rows from which the types of columns are found.</summary>
    /// <value>
    /// Default null: all rows, which takes a pass over the file. With fewer, a later value that its column's type cannot hold is an error when it is read.
    /// </value>
    public int? RowsToInfer { get; init; }

    /// <summary>Types of columns by name: Boolean, Single, Double, an integer type, String, DateTime, DateTimeOffset or TimeSpan.</summary>
    /// <value>Default empty: the types are found. The file must have each column that is named.</value>
    public IReadOnlyDictionary<string, DataKind> Types { get; init; } = new Dictionary<string, DataKind>();

    /// <summary>
    /// A schema that the view is to fit, as <c>mlContext.Model.Load</c> gives it for a model: columns of its names get its types, whatever their values look
    /// like. All other columns of the file are text, and columns that the file lacks are left out, as the label of rows to be scored may be.
    /// </summary>
    /// <value>Default null: none.</value>
    public DataViewSchema? Schema { get; init; }

    /// <summary>The columns of a file of JSON, in whose place it is not looked for them; one that no object has is missing in all.</summary>
    internal IReadOnlyList<string>? Columns { get; init; }
}
