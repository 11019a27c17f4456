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

    internal override TableReader Open(Func<int, bool> isNeeded) => OpenParts(isNeeded, most: 1)[0];

    /// <summary>Each reads row groups as far apart as there are readers.</summary>
    internal override TableReader[] OpenParts(Func<int, bool> isNeeded, int most)
    {
        var first = OpenFile(Path);
        int parts = Math.Clamp(first.Reader.RowGroupCount, 1, Math.Max(1, most));
        return [.. Enumerable.Range(0, parts).Select(part => new ParquetReader(part == 0 ? first : OpenFile(Path), Columns, part, parts))];

        ParquetColumn?[] Columns() => [.. _fields.Select((field, i) => isNeeded(i) ? ParquetColumn.Of(field) : null)];
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

    /// <summary>The rows of row groups. Where no other reader reads any, the next group is read while the second half of one is taken.</summary>
    private sealed class ParquetReader : TableReader
    {
        private readonly ParquetFile _file;

        /// <summary>Number of the first row of each group, and of all rows.</summary>
        private readonly long[] _starts;
        private readonly int _step;
        private ParquetColumn?[] _columns, _next;
        private Task? _loading;
        private int _group;
        private long _groupRows, _row = -1;

        /// <param name="file">The file; owned.</param>
        /// <param name="createColumns">Makes the columns that are needed.</param>
        /// <param name="first">The first group.</param>
        /// <param name="step">How much farther the next one is.</param>
        internal ParquetReader(ParquetFile file, Func<ParquetColumn?[]> createColumns, int first, int step)
        {
            (_file, _columns, _next) = (file, createColumns(), createColumns());
            (_group, _step) = (first - step, step);
            _starts = new long[file.Reader.RowGroupCount + 1];
            for (int i = 0; i < file.Reader.RowGroupCount; i++)
            {
                using var group = file.Reader.OpenRowGroupReader(i);
                _starts[i + 1] = _starts[i] + group.RowCount;
            }
        }

        internal override string Place => $"row {Number + 1}";

        internal override long? Number => _starts[_group] + _row;

        internal override long Part => _group;

        private bool HasNext => _group + _step < _starts.Length - 1;

        internal override bool Read()
        {
            while (++_row >= _groupRows)
            {
                if (!HasNext) return false;
                if (_loading is null) Load(_group + _step);
                else _loading.GetAwaiter().GetResult();
                _loading = null;
                (_columns, _next) = (_next, _columns);
                _group += _step;
                (_row, _groupRows) = (-1, _starts[_group + 1] - _starts[_group]);
            }
            if (_step == 1 && _row == _groupRows / 2 && HasNext) _loading = Task.Run(() => Load(_group + _step));
            return true;
        }

        internal override FieldKind KindOf(int column) => _columns[column]!.KindOf((int)_row);

        internal override ReadOnlyMemory<char> TextOf(int column) => _columns[column]!.TextOf((int)_row).AsMemory();

        internal override bool TryGet<T>(int column, out T value) => _columns[column]!.TryGet((int)_row, out value);

        public override void Dispose()
        {
            if (_loading is not null) Task.WhenAny(_loading).Wait();
            _file.Dispose();
        }

        private void Load(int number)
        {
            using var group = _file.Reader.OpenRowGroupReader(number);
            foreach (var column in _next) column?.Load(group);
        }
    }
}
