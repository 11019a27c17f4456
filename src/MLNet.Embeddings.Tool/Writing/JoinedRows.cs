using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tool;

/// <summary>The columns of two views of the same rows, those of the first in front.</summary>
/// <param name="first">The first view.</param>
/// <param name="second">The second.</param>
/// <param name="cancellationToken">Ends the reading.</param>
internal sealed class JoinedRows(IDataView first, IDataView second, CancellationToken cancellationToken) : IDataView
{
    /// <summary>Number of rows that were read last.</summary>
    internal long Count { get; private set; }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; } = Join(first.Schema, second.Schema);

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return new Cursor(this,
            first.GetRowCursor(needed.Where(column => column.Index < first.Schema.Count).Select(column => first.Schema[column.Index])),
            second.GetRowCursor(needed.Where(column => column.Index >= first.Schema.Count).Select(column => second.Schema[column.Index - first.Schema.Count])));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded)];

    private static DataViewSchema Join(DataViewSchema first, DataViewSchema second)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var column in first.Concat(second)) builder.AddColumn(column.Name, column.Type, column.Annotations);
        return builder.ToSchema();
    }

    /// <summary>Goes through both views row by row.</summary>
    private sealed class Cursor(JoinedRows view, DataViewRowCursor first, DataViewRowCursor second) : DataViewRowCursor
    {
        public override DataViewSchema Schema => view.Schema;

        public override long Position => first.Position;

        public override long Batch => first.Batch;

        public override bool MoveNext()
        {
            view.ThrowIfCancelled();
            bool isThere = first.MoveNext();
            if (second.MoveNext() != isThere) throw new UserException("The file was changed while it was read. Let what writes it end, and run again.");
            if (!isThere) return false;
            view.Count = first.Position + 1;
            return true;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => SourceOf(column) is var (cursor, source) && cursor.IsColumnActive(source);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            var (cursor, source) = SourceOf(column);
            return cursor.GetGetter<TValue>(source);
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => first.GetIdGetter();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                first.Dispose();
                second.Dispose();
            }
            base.Dispose(disposing);
        }

        private (DataViewRowCursor, DataViewSchema.Column) SourceOf(DataViewSchema.Column column)
        {
            int count = first.Schema.Count;
            return column.Index < count ? (first, first.Schema[column.Index]) : (second, second.Schema[column.Index - count]);
        }
    }

    private void ThrowIfCancelled() => cancellationToken.ThrowIfCancellationRequested();
}
