using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Robustness;

/// <summary>Columns in memory as a view, whatever their types.</summary>
/// <param name="columns">The columns, of as many rows each.</param>
internal sealed class MemoryView(params IReadOnlyList<MemoryColumn> columns) : IDataView
{
    internal IReadOnlyList<MemoryColumn> Columns => columns;

    /// <summary>The row whose reading fails; none by default.</summary>
    internal int? BrokenRow { get; init; }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; } = SchemaOf(columns);

    public long? GetRowCount() => columns[0].Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [new Cursor(this)];

    /// <summary>The same rows with some columns replaced, by their names.</summary>
    internal MemoryView With(params IReadOnlyList<MemoryColumn> others) =>
        new([.. columns.Select(column => others.FirstOrDefault(other => other.Name == column.Name) ?? column)]);

    private static DataViewSchema SchemaOf(IEnumerable<MemoryColumn> columns)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var column in columns) builder.AddColumn(column.Name, column.Type, column.Annotations);
        return builder.ToSchema();
    }

    private sealed class Cursor(MemoryView view) : DataViewRowCursor
    {
        private long _position = -1;

        public override DataViewSchema Schema => view.Schema;
        public override long Position => _position;
        public override long Batch => 0;
        public override bool IsColumnActive(DataViewSchema.Column column) => true;
        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)_position, 0);

        public override bool MoveNext()
        {
            if (_position + 1 == view.BrokenRow) throw new BrokenRowException();
            return ++_position < view.Columns[0].Count;
        }

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            (ValueGetter<TValue>)view.Columns[column.Index].Getter(() => (int)_position);
    }
}

/// <summary>What a view throws that cannot be read to its end.</summary>
internal sealed class BrokenRowException() : Exception("The row cannot be read.");
