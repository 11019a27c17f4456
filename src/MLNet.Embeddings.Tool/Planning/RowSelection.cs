using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tool;

/// <summary>Some of the rows of a view, by their place.</summary>
/// <param name="source">The view.</param>
/// <param name="selected">Whether a row is one of them.</param>
internal sealed class RowSelection(IDataView source, bool[] selected) : IDataView
{
    /// <summary>So many of these rows at most, drawn by a seed.</summary>
    internal RowSelection Sample(int most, int seed)
    {
        int[] rows = [.. selected.Index().Where(row => row.Item).Select(row => row.Index)];
        if (rows.Length <= most) return this;
        new Random(seed).Shuffle(rows);
        bool[] drawn = new bool[selected.Length];
        foreach (int row in rows.AsSpan(0, most)) drawn[row] = true;
        return new RowSelection(source, drawn);
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => selected.Count(isSelected => isSelected);

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(source.GetRowCursor(columnsNeeded), selected);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded)];

    /// <summary>A cursor that passes the other rows over.</summary>
    private sealed class Cursor(DataViewRowCursor source, bool[] selected) : DataViewRowCursor
    {
        private long _position = -1, _row = -1;

        public override DataViewSchema Schema => source.Schema;

        public override long Position => _position;

        public override long Batch => source.Batch;

        public override bool MoveNext()
        {
            while (source.MoveNext())
            {
                if (++_row == selected.Length) throw new UserException("The file got more rows while it was read. Let what writes it end, and run again.");
                if (!selected[_row]) continue;
                _position++;
                return true;
            }
            _position = -1;
            return false;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => source.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => source.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => source.GetIdGetter();

        protected override void Dispose(bool disposing)
        {
            if (disposing) source.Dispose();
            base.Dispose(disposing);
        }
    }
}
