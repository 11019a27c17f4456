using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace MLNet.Embeddings;

/// <summary>Opens files of text.</summary>
internal static class TextFile
{
    private const int Buffer = 1 << 16;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly (byte[] Start, string What)[] Binary =
    [
        ("PAR1"u8.ToArray(), "Parquet: give it the extension .parquet"),
        ("PK\u0003\u0004"u8.ToArray(), "a zip or Excel file: save the sheet as CSV, or unpack it"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Excel file: save the sheet as CSV"),
        ([0x1F, 0x8B], "compressed by gzip: give it the extension .gz"),
    ];

    /// <summary>Opens a file, unpacked.</summary>
    internal static Stream OpenStream(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, Buffer, FileOptions.SequentialScan);
        return TableFormats.IsCompressed(path) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>Opens a file as text: by its byte order mark, else in the encoding that is given, else UTF-8.</summary>
    internal static TextReader Open(string path, Encoding? encoding) =>
        new StreamReader(OpenStream(path), encoding ?? Utf8, detectEncodingFromByteOrderMarks: true, Buffer);

    /// <summary>The fault of text that is not of its encoding.</summary>
    internal static TableFormatException NotInEncoding(string path, Encoding? encoding, string place, Exception error) => new(path,
        $"the bytes from here on are not {(encoding ?? Utf8).WebName.ToUpperInvariant()}. Name the encoding of the file, such as latin1, or convert it to " +
        "UTF-8.", place, inner: error);

    /// <exception cref="TableFormatException">The file is empty, or no text.</exception>
    internal static void Check(string path)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            using var stream = OpenStream(path);
            var start = buffer.AsSpan(0, stream.ReadAtLeast(buffer.AsSpan(0, 4096), 4096, throwOnEndOfStream: false));
            if (start.IsEmpty) throw new TableFormatException(path, "the file is empty; a table needs a row at least.");
            foreach (var (bytes, what) in Binary)
            {
                if (start.StartsWith(bytes)) throw new TableFormatException(path, $"the file is {what}.");
            }
            bool isUtf16 = start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];
            if (!isUtf16 && start.Contains((byte)0)) throw new TableFormatException(path, "the file is binary; a table of text has no zero bytes.");
        }
        catch (InvalidDataException error)
        {
            throw new TableFormatException(path, $"the file is not compressed by gzip, as its extension says: {error.Message}", inner: error);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
