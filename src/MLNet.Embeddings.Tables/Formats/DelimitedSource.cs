using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>A delimited file: how its rows are cut, and the names of its columns.</summary>
internal sealed class DelimitedSource : TableSource
{
    private const int SampleRows = 200;
    private const int LongestName = 200;

    private static readonly char[] Separators = ['\t', ';', '|', ','];

    private readonly IReadOnlyList<string> _names;

    private DelimitedSource(string path, TableOptions options, IReadOnlyList<string> names) : base(path, options) => _names = names;

    internal override IReadOnlyList<string> Names => _names;

    private bool HasHeader => Options.HasHeader == true;

    /// <exception cref="TableFormatException">The file is empty or no text, or a name is there twice.</exception>
    internal static new DelimitedSource Of(string path, TableOptions options)
    {
        TextFile.Check(path);
        var sample = Sample.Best(path, options);
        if (sample.Rows.Count == 0)
            throw sample.Fault ?? new TableFormatException(path, "the file has empty lines only; a table needs a row at least.");
        bool hasHeader = options.HasHeader ?? (NamesColumnsOf(options.Schema, sample.Rows[0]) || LooksLikeHeader(sample.Rows));
        var names = NamesOf(path, hasHeader ? sample.Rows[0] : sample.Rows[0].Select(_ => ""));
        return new DelimitedSource(path,
            options with { Format = TableFormat.Delimited, Separator = sample.Separator, Quoted = sample.Quoted, HasHeader = hasHeader }, names);
    }

    /// <summary>The same file with quotes that stand for themselves.</summary>
    internal DelimitedSource WithoutQuotes() => Of(Path, Options with { Quoted = false });

    internal override TableReader Open(Func<int, bool> isNeeded)
    {
        var reader = new DelimitedReader(Path, Options.Separator!.Value, Options.Quoted!.Value, Options.Encoding) { Columns = Names.Count };
        if (HasHeader) reader.Read();
        return reader;
    }

    /// <summary>Whether most fields of a row are names of a schema's columns.</summary>
    private static bool NamesColumnsOf(DataViewSchema? schema, string[] row) =>
        schema is not null && row.Count(name => schema.GetColumnOrNull(name) is not null) > row.Length / 2;

    /// <summary>
    /// Whether the first row has names: no values, and none of them a value of its own column further down. A name that is there twice is a fault, unless
    /// nothing but texts is below it.
    /// </summary>
    private static bool LooksLikeHeader(IReadOnlyList<string[]> rows)
    {
        string[] first = rows[0];
        if (!first.All(LooksLikeName) || first.All(string.IsNullOrEmpty)) return false;
        string[] names = [.. first.Where(name => name.Length > 0)];
        if (names.Distinct().Count() < names.Length) return rows.Skip(1).Any(row => row.Any(field => FieldText.IsNumber(field, '.')));
        return !rows.Skip(1).Any(row => row.Zip(first).Any(field => field.First == field.Second && field.First.Length > 0));
    }

    // The first column of a table written by pandas has no name, nor has the last of one that a spreadsheet wrote.
    private static bool LooksLikeName(string field)
    {
        if (field.Length == 0 || field == "#") return true;
        return field.Length <= LongestName && !field.Contains('\n') && field.Any(char.IsLetter) && !FieldText.IsMissing(field)
            && !FieldText.IsNumber(field, '.') && !FieldText.IsNumber(field, ',') && !bool.TryParse(field, out _) && !FieldText.TryDate(field, out _);
    }

    /// <summary>The first rows of a file, cut in one way; those before the fault, where there is one.</summary>
    private sealed record Sample(char Separator, bool Quoted, IReadOnlyList<string[]> Rows, TableFormatException? Fault)
    {
        /// <summary>How many fields most rows have.</summary>
        private int Fields { get; } = Rows.Count == 0 ? 0 : Rows.CountBy(row => row.Length).MaxBy(count => count.Value).Key;

        /// <summary>Share of rows that have as many fields as most.</summary>
        private double Agreement => Rows.Count == 0 ? 0 : (double)Rows.Count(row => row.Length == Fields) / Rows.Count;

        /// <summary>The rows cut in the way in which they agree best: with quotes, unless these make a fault and all rows agree without.</summary>
        internal static Sample Best(string path, TableOptions options)
        {
            char[] separators = options.Separator is { } separator ? [separator] : Separators;
            var best = Best(path, separators, options.Quoted ?? true, options);
            if (options.Quoted is not null || best.Fault is null) return best;
            var plain = Best(path, separators, quoted: false, options);
            return plain.Agreement == 1 || best.Rows.Count == 0 ? plain : best;
        }

        // Every wrong separator gives rows of one field. A comma may be part of texts and numbers, so of separators that are as good it is the last.
        private static Sample Best(string path, char[] separators, bool quoted, TableOptions options) =>
            separators.Select(separator => Read(path, separator, quoted, options))
                .OrderByDescending(sample => sample.Fields > 1).ThenByDescending(sample => sample.Agreement)
                .ThenByDescending(sample => sample.Fields > 1 || sample.Separator == ',').First();

        private static Sample Read(string path, char separator, bool quoted, TableOptions options)
        {
            List<string[]> rows = [];
            try
            {
                using var reader = new DelimitedReader(path, separator, quoted, options.Encoding);
                while (rows.Count < SampleRows && reader.Read()) rows.Add(reader.Fields);
                return new Sample(separator, quoted, rows, null);
            }
            catch (TableFormatException fault)
            {
                return new Sample(separator, quoted, rows, fault);
            }
        }
    }
}
