using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using Parquet;
using Parquet.Schema;

namespace MLNet.Embeddings;

/// <summary>Writes rows to a stream, which stays open.</summary>
/// <param name="columns">The columns, which give the values of the row that is to be written.</param>
internal abstract class TableWriter(IReadOnlyList<SavedColumn> columns) : IDisposable
{
    private protected IReadOnlyList<SavedColumn> Columns => columns;

    /// <summary>Writes a row.</summary>
    internal abstract void Write();

    /// <summary>Writes what is still held back.</summary>
    public abstract void Dispose();

    internal static TableWriter Of(TableFormat format, char separator, Stream stream, IReadOnlyList<SavedColumn> columns) => format switch
    {
        TableFormat.Parquet => new ParquetTableWriter(stream, columns),
        TableFormat.Json => new JsonTableWriter(stream, columns),
        _ => new DelimitedTableWriter(stream, separator, columns),
    };

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Delimited text with a header.</summary>
    private sealed class DelimitedTableWriter : TableWriter
    {
        private readonly CsvWriter _writer;

        internal DelimitedTableWriter(Stream stream, char separator, IReadOnlyList<SavedColumn> columns) : base(columns)
        {
            _writer = new CsvWriter(new StreamWriter(stream, Utf8, 1 << 16, leaveOpen: true),
                new CsvConfiguration(CultureInfo.InvariantCulture)
                {
                    Delimiter = separator.ToString(),
                    NewLine = "\n",
                    // Readers end a row at a carriage return as well, and skip an empty line.
                    ShouldQuote = field => ConfigurationFunctions.ShouldQuote(field) || field.Field?.Contains('\r') == true
                        || columns.Count == 1 && string.IsNullOrEmpty(field.Field),
                });
            foreach (var column in columns) _writer.WriteField(column.Name);
            _writer.NextRecord();
        }

        internal override void Write()
        {
            foreach (var column in Columns) _writer.WriteField(column.Text());
            _writer.NextRecord();
        }

        public override void Dispose() => _writer.Dispose();
    }

    /// <summary>A JSON object a line.</summary>
    private sealed class JsonTableWriter(Stream stream, IReadOnlyList<SavedColumn> columns) : TableWriter(columns)
    {
        private readonly Utf8JsonWriter _writer = new(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

        internal override void Write()
        {
            _writer.WriteStartObject();
            foreach (var column in Columns) column.Write(_writer);
            _writer.WriteEndObject();
            _writer.Flush();
            stream.WriteByte((byte)'\n');
            _writer.Reset();
        }

        public override void Dispose() => _writer.Dispose();
    }

    /// <summary>Parquet, a row group of some thousand rows after the other.</summary>
    private sealed class ParquetTableWriter : TableWriter
    {
        private const int RowsOfGroup = 50_000;

        private readonly ParquetWriter _writer;
        private int _rows;

        internal ParquetTableWriter(Stream stream, IReadOnlyList<SavedColumn> columns) : base(columns) =>
            _writer = ParquetWriter.CreateAsync(new ParquetSchema(columns.Select(column => (Field)column.Field)), stream).GetAwaiter().GetResult();

        internal override void Write()
        {
            foreach (var column in Columns) column.Keep();
            if (++_rows == RowsOfGroup) WriteGroup();
        }

        public override void Dispose()
        {
            if (_rows > 0) WriteGroup();
            _writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        private void WriteGroup()
        {
            using var group = _writer.CreateRowGroup();
            foreach (var column in Columns) column.Write(group);
            _rows = 0;
        }
    }
}
