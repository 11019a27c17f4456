using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Some columns of a view, whose rows are counted as they are read, until somebody ends it.</summary>
/// <param name="view">The view.</param>
/// <param name="columns">The columns, in the order that they are to have.</param>
/// <param name="count">Told of each row.</param>
/// <param name="cancellation">Ends it.</param>
internal sealed class ScoredView(IDataView view, DataViewSchema.Column[] columns, Action count, CancellationToken cancellation) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema { get; } = SchemaOf(columns);

    public long? GetRowCount() => view.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        bool[] active = new bool[columns.Length];
        foreach (var column in columnsNeeded) active[column.Index] = true;
        return new Cursor(this, active, view.GetRowCursor(columns.Where((_, i) => active[i])));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private static DataViewSchema SchemaOf(DataViewSchema.Column[] columns)
    {
        var schema = new DataViewSchema.Builder();
        foreach (var column in columns) schema.AddColumn(column.Name, column.Type, column.Annotations);
        return schema.ToSchema();
    }

    private void Count()
    {
        cancellation.ThrowIfCancellationRequested();
        count();
    }

    private DataViewSchema.Column Inner(DataViewSchema.Column column) => columns[column.Index];

    private sealed class Cursor(ScoredView view, bool[] active, DataViewRowCursor inner) : DataViewRowCursor
    {
        public override DataViewSchema Schema => view.Schema;

        public override long Position => inner.Position;

        public override long Batch => inner.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override bool MoveNext()
        {
            if (!inner.MoveNext()) return false;
            view.Count();
            return true;
        }

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => inner.GetGetter<TValue>(view.Inner(column));

        public override ValueGetter<DataViewRowId> GetIdGetter() => inner.GetIdGetter();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
