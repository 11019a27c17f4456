using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace MLNet.Embeddings;

/// <summary>The fields of a delimited file, record by record, as CsvHelper cuts them.</summary>
internal sealed class DelimitedReader : TableReader
{
    /// <summary>A longer field is one whose closing quote was forgotten.</summary>
    private const int LongestField = 32_000_000;

    private readonly string _path;
    private readonly Encoding? _encoding;
    private readonly CsvParser _parser;

    /// <param name="path">The file.</param>
    /// <param name="separator">What stands between fields.</param>
    /// <param name="quoted">Whether fields may stand between quotes.</param>
    /// <param name="encoding">The encoding; null for UTF-8.</param>
    internal DelimitedReader(string path, char separator, bool quoted, Encoding? encoding)
    {
        (_path, _encoding) = (path, encoding);
        _parser = new CsvParser(TextFile.Open(path, encoding), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = separator.ToString(),
            Mode = quoted ? CsvMode.RFC4180 : CsvMode.NoEscape,
            TrimOptions = TrimOptions.Trim,
            BadDataFound = CheckQuotes,
            MaxFieldSize = LongestField,
            BufferSize = 1 << 16,
        });
    }

    /// <summary>Number of fields that each record must have; 0 for any.</summary>
    internal int Columns { get; init; }

    /// <summary>Number of fields of the record.</summary>
    internal int Count => _parser.Count;

    /// <summary>The record's fields.</summary>
    internal string[] Fields => _parser.Record ?? [];

    internal override string Place => $"line {FirstLine}";

    private int FirstLine => _parser.RawRow - _parser.RawRecord.AsSpan().TrimEnd("\r\n").Count('\n');

    internal override bool Read()
    {
        try
        {
            if (!_parser.Read()) return false;
        }
        catch (MaxFieldSizeException error)
        {
            throw new TableFormatException(_path,
                $"a field has more than {LongestField:N0} characters; a closing quote is missing before line {_parser.RawRow}.", inner: error);
        }
        catch (DecoderFallbackException error)
        {
            throw TextFile.NotInEncoding(_path, _encoding, $"about line {_parser.RawRow + 1}", error);
        }
        catch (InvalidDataException error)
        {
            throw new TableFormatException(_path, $"the compressed file is damaged: {error.Message}", inner: error);
        }
        if (Columns > 0 && Count != Columns) throw WrongCount();
        return true;
    }

    internal override ReadOnlyMemory<char> TextOf(int column) => _parser[column].AsMemory();

    public override void Dispose() => _parser.Dispose();

    private TableFormatException WrongCount()
    {
        string lines = FirstLine < _parser.RawRow ? $" The row goes on to line {_parser.RawRow}, so a quote may be left open." : "";
        return new(_path,
            $"the row has {Count} field{(Count == 1 ? "" : "s")}, and the first row {Columns}.{lines} A field that holds the separator must stand between " +
            "quotes.",
            Place);
    }

    /// <summary>A quote within a field that does not begin with one stands for itself; a field that begins with one must end with one.</summary>
    private void CheckQuotes(BadDataFoundArgs bad)
    {
        var field = bad.Field.AsSpan().TrimStart();
        if (!field.StartsWith('"')) return;
        int before = bad.RawRecord.AsSpan(0, Math.Max(0, bad.RawRecord.IndexOf(bad.Field, StringComparison.Ordinal))).Count('\n');
        if (field.Count('"') % 2 == 1)
        {
            int line = _parser.RawRow - bad.RawRecord.AsSpan().Count('\n') + before;
            throw new TableFormatException(_path, "the quote that opens here is never closed.", $"line {line}");
        }
        throw new TableFormatException(_path,
            $"a quoted field has text behind its closing quote: {Shorten(bad.Field.Trim())}. A quote within such a field must be written twice.",
            $"line {FirstLine + before}");
    }

    private static string Shorten(string field) => field.Length > 40 ? $"{field[..40]}…" : field;
}
