namespace MLNet.Embeddings;

/// <summary>How the rows of a file are written.</summary>
public enum TableFormat
{
    /// <summary>A line a row, its fields between separators: CSV, TSV and their like, as RFC 4180 has them.</summary>
    Delimited,

    /// <summary>A JSON object a line (.jsonl, .ndjson), or one array of objects (.json). Values must not be nested.</summary>
    Json,

    /// <summary>Apache Parquet. Lists and nested values cannot be read.</summary>
    Parquet,
}

/// <summary>Which format a file has by its name.</summary>
internal static class TableFormats
{
    private static readonly Dictionary<string, TableFormat> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = TableFormat.Delimited,
        [".tsv"] = TableFormat.Delimited,
        [".tab"] = TableFormat.Delimited,
        [".jsonl"] = TableFormat.Json,
        [".ndjson"] = TableFormat.Json,
        [".json"] = TableFormat.Json,
        [".parquet"] = TableFormat.Parquet,
    };

    /// <summary>The format that the extension of a path names, that before .gz where it ends so; null for other extensions.</summary>
    internal static TableFormat? Of(string path) => ByExtension.TryGetValue(ExtensionOf(path), out var format) ? format : null;

    internal static bool IsCompressed(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>The extension of a path without .gz, in lower case.</summary>
    internal static string ExtensionOf(string path) => Path.GetExtension(IsCompressed(path) ? path[..^3] : path).ToLowerInvariant();
}
