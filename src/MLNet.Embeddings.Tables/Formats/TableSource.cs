using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>A file of rows, of which it is known how they are written: it can be read any number of times.</summary>
internal abstract class TableSource(string path, TableOptions options)
{
    internal string Path => path;

    /// <summary>The options with all that was found about how the rows are written.</summary>
    internal TableOptions Options { get; private protected init; } = options;

    /// <summary>Names of the columns.</summary>
    internal abstract IReadOnlyList<string> Names { get; }

    /// <summary>The type that the file itself gives a column; null where its values decide.</summary>
    internal virtual DataKind? TypeOf(int column) => null;

    /// <summary>Opens the file before its first row.</summary>
    /// <param name="isNeeded">Whether a column will be asked for.</param>
    internal abstract TableReader Open(Func<int, bool> isNeeded);

    /// <summary>Opens the file by up to so many readers that each read a part of its rows, to be used at once; by one where it has no parts.</summary>
    /// <param name="isNeeded">Whether a column will be asked for.</param>
    /// <param name="most">The most readers.</param>
    internal virtual TableReader[] OpenParts(Func<int, bool> isNeeded, int most) => [Open(isNeeded)];

    /// <summary>The source for a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="TableFormatException">The file cannot be read as a table.</exception>
    internal static TableSource Of(string path, TableOptions options)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no file '{path}'.", path);
        return (options.Format ?? TableFormats.Of(path) ?? TableFormat.Delimited) switch
        {
            TableFormat.Parquet => ParquetSource.Of(path, options),
            TableFormat.Json => JsonSource.Of(path, options),
            _ => DelimitedSource.Of(path, options),
        };
    }

    /// <summary>The names of columns as they are used: without spaces around them, numbered where they are empty.</summary>
    /// <exception cref="TableFormatException">A name is there twice.</exception>
    private protected static string[] NamesOf(string path, IEnumerable<string> given)
    {
        string[] names = [.. given.Select((name, i) => string.IsNullOrWhiteSpace(name) ? $"Column{i + 1}" : name.Trim())];
        if (names.CountBy(name => name).FirstOrDefault(name => name.Value > 1) is { Key: { } twice })
        {
            throw new TableFormatException(path,
                $"two columns have the name '{twice}'; each needs a name of its own. Correct the header, or say that there is none (HasHeader = false).",
                "line 1");
        }
        return names;
    }
}

/// <summary>What a value of a file is, as far as the file says.</summary>
internal enum FieldKind
{
    /// <summary>Any value, as text: all of delimited files.</summary>
    Untyped,

    /// <summary>A text, whatever it looks like.</summary>
    Text,

    /// <summary>A number or Boolean.</summary>
    Value,

    /// <summary>No value.</summary>
    Missing,
}

/// <summary>Goes through the rows of a file.</summary>
internal abstract class TableReader : IDisposable
{
    /// <summary>Goes to the next row; false behind the last.</summary>
    /// <exception cref="TableFormatException">The row cannot be read.</exception>
    internal abstract bool Read();

    /// <summary>What a value of the row is.</summary>
    internal virtual FieldKind KindOf(int column) => FieldKind.Untyped;

    /// <summary>A value of the row as text; empty where it is missing.</summary>
    internal abstract ReadOnlyMemory<char> TextOf(int column);

    /// <summary>A value of the row as a value of a type, where the file has it in that type already.</summary>
    internal virtual bool TryGet<T>(int column, out T value)
    {
        value = default!;
        return false;
    }

    /// <summary>Number of the row in the file, from 0, where others may read those before; null where all are read one after the other.</summary>
    internal virtual long? Number => null;

    /// <summary>Number of the part of the file that the row is in.</summary>
    internal virtual long Part => 0;

    /// <summary>Where the row stands, such as "line 17".</summary>
    internal abstract string Place { get; }

    public abstract void Dispose();
}
