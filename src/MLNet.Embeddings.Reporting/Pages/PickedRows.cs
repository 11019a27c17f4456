using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Some of the rows of a view.</summary>
/// <param name="source">The view; its cursors go through its rows in their order.</param>
/// <param name="positions">Which rows, counted from 0, rising.</param>
internal sealed class PickedRows(IDataView source, IReadOnlyList<long> positions) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => source.Schema;

    /// <summary>Rows spread evenly over all of a view.</summary>
    /// <param name="source">The view.</param>
    /// <param name="rows">Number of its rows.</param>
    /// <param name="most">How many to take at most.</param>
    internal static IDataView Spread(IDataView source, long rows, int most) =>
        rows <= most ? source : new PickedRows(source, [.. Enumerable.Range(0, most).Select(i => i * rows / most)]);

    public long? GetRowCount() => positions.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(source.GetRowCursor(columnsNeeded), positions);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded)];

    private sealed class Cursor(DataViewRowCursor input, IReadOnlyList<long> positions) : DataViewRowCursor
    {
        private int _picked = -1;

        public override DataViewSchema Schema => input.Schema;
        public override long Position => _picked < positions.Count ? _picked : -1;
        public override long Batch => input.Batch;
        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();
        public override bool IsColumnActive(DataViewSchema.Column column) => input.IsColumnActive(column);
        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => input.GetGetter<TValue>(column);

        public override bool MoveNext()
        {
            if (_picked >= positions.Count || ++_picked == positions.Count) return false;
            while (input.MoveNext())
            {
                if (input.Position == positions[_picked]) return true;
            }
            _picked = positions.Count;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) input.Dispose();
            base.Dispose(disposing);
        }
    }
}
