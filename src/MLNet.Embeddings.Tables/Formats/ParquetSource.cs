using Microsoft.ML.Data;
using Parquet;
using Parquet.Schema;

namespace MLNet.Embeddings;

/// <summary>A Parquet file.</summary>
internal sealed class ParquetSource : TableSource
{
    private readonly DataField[] _fields;

    private ParquetSource(string path, TableOptions options, DataField[] fields) : base(path, options) =>
        (_fields, Names) = (fields, NamesOf(path, fields.Select(field => field.Name)));

    internal override IReadOnlyList<string> Names { get; }

    /// <exception cref="TableFormatException">The file is no Parquet, or has nested columns.</exception>
    internal static new ParquetSource Of(string path, TableOptions options)
    {
        using var file = OpenFile(path);
        var fields = file.Reader.Schema.Fields.Select(field => field is DataField { IsArray: false } value && ParquetColumn.CanRead(value) ? value
            : throw new TableFormatException(path,
                $"the column is {(field is DataField { IsArray: false } other ? $"of type {other.ClrType.Name}" : "nested")}; a column holds texts, numbers, " +
                "Booleans or dates. Leave it out of the file, or write its values as columns of their own.", column: field.Name));
        return new ParquetSource(path, options with { Format = TableFormat.Parquet }, [.. fields]);
    }

    /// <summary>Integers and Booleans are left to their values, as their types in ML.NET have none that are missing.</summary>
    internal override DataKind? TypeOf(int column) => ParquetColumn.KindOf(_fields[column].ClrType);

    internal override TableReader Open(Func<int, bool> isNeeded)
    {
        var file = OpenFile(Path);
        return new ParquetReader(file, [.. _fields.Select((field, i) => isNeeded(i) ? ParquetColumn.Of(field) : null)]);
    }

    private static ParquetFile OpenFile(string path)
    {
        try
        {
            return new ParquetFile(path);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or FormatException or NotSupportedException or ParquetException)
        {
            throw new TableFormatException(path, $"the file is no Parquet file, or a damaged one: {error.Message}", inner: error);
        }
    }

    /// <summary>An open file.</summary>
    private sealed class ParquetFile : IDisposable
    {
        private readonly FileStream _stream;

        internal ParquetFile(string path)
        {
            _stream = File.OpenRead(path);
            try
            {
                Reader = Parquet.ParquetReader.CreateAsync(_stream).GetAwaiter().GetResult();
            }
            catch
            {
                _stream.Dispose();
                throw;
            }
        }

        internal Parquet.ParquetReader Reader { get; }

        public void Dispose()
        {
            Reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
            _stream.Dispose();
        }
    }

    /// <summary>The rows of a file, a row group in memory at a time.</summary>
    private sealed class ParquetReader(ParquetFile file, ParquetColumn?[] columns) : TableReader
    {
        private int _group;
        private long _groupRows, _row;
        private long _number;

        internal override string Place => $"row {_number}";

        internal override bool Read()
        {
            while (++_row >= _groupRows)
            {
                if (_group == file.Reader.RowGroupCount) return false;
                using var group = file.Reader.OpenRowGroupReader(_group++);
                foreach (var column in columns) column?.Load(group);
                (_row, _groupRows) = (-1, group.RowCount);
            }
            _number++;
            return true;
        }

        internal override FieldKind KindOf(int column) => columns[column]!.KindOf((int)_row);

        internal override ReadOnlyMemory<char> TextOf(int column) => columns[column]!.TextOf((int)_row).AsMemory();

        internal override bool TryGet<T>(int column, out T value) => columns[column]!.TryGet((int)_row, out value);

        public override void Dispose() => file.Dispose();
    }
}
