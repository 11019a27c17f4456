using System.IO.Compression;
using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Writes views to files.</summary>
internal static class TableSaving
{
    /// <summary>Writes to a temporary file in the same folder, which is then moved over the old one.</summary>
    /// <exception cref="ArgumentException">The extension is none that can be written, or a column is of a type that files have none for.</exception>
    internal static void Save(IDataView view, string path)
    {
        string extension = TableFormats.ExtensionOf(path);
        bool isCompressed = TableFormats.IsCompressed(path);
        if (TableFormats.Of(path) is not { } format || extension == ".json" || isCompressed && format == TableFormat.Parquet)
            throw new ArgumentException($"'{path}' must end in .csv, .tsv, .jsonl or .parquet; .gz may follow that of a text.", nameof(path));

        string temporary = $"{path}.{Guid.NewGuid():N}.writing";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite))
            using (Stream stream = isCompressed ? new GZipStream(file, CompressionLevel.Optimal) : new BufferedStream(file, 1 << 16))
                Save(view, stream, format, extension is ".tsv" or ".tab" ? '\t' : ',');
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            // Gone already if it was moved.
            File.Delete(temporary);
        }
    }

    /// <summary>Writes to a stream, which stays open.</summary>
    internal static void Save(IDataView view, Stream stream, TableFormat format, char separator = ',')
    {
        using var cursor = view.GetRowCursor(view.Schema);
        using var writer = TableWriter.Of(format, separator, stream, SavedColumns.Of(cursor));
        while (cursor.MoveNext()) writer.Write();
    }
}
