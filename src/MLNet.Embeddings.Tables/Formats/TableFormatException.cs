namespace MLNet.Embeddings;

/// <summary>A file that cannot be read as a table: what is wrong, and where.</summary>
public sealed class TableFormatException : FormatException
{
    internal TableFormatException(string path, string fault, string? place = null, string? column = null, Exception? inner = null)
        : base($"{System.IO.Path.GetFileName(path)}{(place is null ? "" : $", {place}")}{(column is null ? "" : $", column '{column}'")}: {fault}", inner) =>
        (FilePath, Place, Column) = (path, place, column);

    /// <summary>The file.</summary>
    public string FilePath { get; }

    /// <summary>The line, such as "line 17", of files of text; the row, such as "row 17", of others; null where the whole file is meant.</summary>
    public string? Place { get; }

    /// <summary>Name of the column; null where none is meant.</summary>
    public string? Column { get; }
}
