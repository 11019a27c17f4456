using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Finds the types of a file's columns.</summary>
internal static class TableInference
{
    /// <summary>The source with the types of all its columns in its options' order of columns.</summary>
    internal static (TableSource Source, IReadOnlyList<DataKind> Types, char DecimalSeparator) Infer(string path, TableOptions options)
    {
        var (source, pass) = Run(path, options, tells: false);
        return (source, pass.Types, pass.DecimalSeparator);
    }

    internal static TableDescription Describe(string path, TableOptions options)
    {
        var (source, pass) = Run(path, options, tells: true);
        return new TableDescription(path, pass.Rows, pass.Describe(), source.Options with
        {
            DecimalSeparator = pass.DecimalSeparator,
            Schema = null,
            Types = source.Names.Zip(pass.Types).ToDictionary(column => column.First, column => column.Second),
        });
    }

    /// <summary>What a file is, where others are to be read together with it.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="TableFormatException">The file cannot be read as a table.</exception>
    internal static (TableOptions Options, IReadOnlyList<string> Names, IReadOnlyList<ColumnEvidence> Columns) Examine(string path, TableOptions options)
    {
        var (source, pass) = Run(path, options, tells: false);
        return (source.Options with { DecimalSeparator = pass.DecimalSeparator }, source.Names, pass.Evidence);
    }

    private static (TableSource, InferencePass) Run(string path, TableOptions options, bool tells)
    {
        var source = TableSource.Of(path, options);
        var given = new GivenTypes(source, options);
        try
        {
            // Whether quotes stand for themselves can show in any row.
            bool seeksQuotes = options.Quoted is null && options.RowsToInfer is null && source is DelimitedSource { Options.Quoted: true };
            return (source, InferencePass.Run(source, given, tells, seeksQuotes));
        }
        catch (TableFormatException) when (options.Quoted is null && source is DelimitedSource { Options.Quoted: true } quoted)
        {
            // Quotes that make no sense around fields may stand for themselves, if all rows can then be read.
            if (quoted.WithoutQuotes() is { } plain && plain.Names.SequenceEqual(source.Names) && TryRun(plain, given, tells) is { } pass) return (plain, pass);
            throw;
        }
    }

    private static InferencePass? TryRun(TableSource source, GivenTypes given, bool tells)
    {
        try
        {
            return InferencePass.Run(source, given, tells, seeksQuotes: true);
        }
        catch (TableFormatException)
        {
            return null;
        }
    }
}
