using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>A file as a data view: it is read anew by each cursor.</summary>
internal sealed class TableView : IDataView
{
    private readonly TableSource _source;
    private readonly FieldValues _values;

    private TableView(TableSource source, IReadOnlyList<DataKind> types, char decimalSeparator)
    {
        (_source, _values) = (source, new FieldValues(source, decimalSeparator));
        var schema = new DataViewSchema.Builder();
        foreach (var (name, type) in source.Names.Zip(types)) schema.AddColumn(name, FieldValues.TypeOf(type));
        Schema = schema.ToSchema();
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    internal static TableView Open(string path, TableOptions options)
    {
        var (source, types, decimalSeparator) = TableInference.Infer(path, options);
        return new TableView(source, types, decimalSeparator);
    }

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        bool[] active = Active(columnsNeeded);
        return new TableCursor(Schema, active, _source.Open(column => active[column]), _values);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        bool[] active = Active(columnsNeeded);
        return Array.ConvertAll(_source.OpenParts(column => active[column], n), reader => new TableCursor(Schema, active, reader, _values));
    }

    private bool[] Active(IEnumerable<DataViewSchema.Column> columns)
    {
        bool[] active = new bool[Schema.Count];
        foreach (var column in columns) active[column.Index] = true;
        return active;
    }

    /// <summary>The rows of the file, one after the other.</summary>
    private sealed class TableCursor(DataViewSchema schema, bool[] active, TableReader reader, FieldValues values) : DataViewRowCursor
    {
        private long _position = -1;

        public override DataViewSchema Schema => schema;

        public override long Position => _position;

        public override long Batch => reader.Part;

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override bool MoveNext()
        {
            if (!reader.Read())
            {
                _position = -1;
                return false;
            }
            _position++;
            return true;
        }

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!active[column.Index]) throw new InvalidOperationException($"Column '{column.Name}' was not asked for when the cursor was opened.");
            return values.Getter(reader, column) as ValueGetter<TValue> ?? throw new InvalidOperationException(
                $"Column '{column.Name}' holds values of type {column.Type.RawType.Name}, not {typeof(TValue).Name}.");
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) =>
            value = new DataViewRowId((ulong)(reader.Number ?? _position), 0);

        protected override void Dispose(bool disposing)
        {
            if (disposing) reader.Dispose();
            base.Dispose(disposing);
        }
    }
}
