using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Views of the same columns, one after the other; what goes wrong in one is told with its name.</summary>
/// <param name="names">Their names; one or more.</param>
/// <param name="open">Opens one by its name.</param>
internal sealed class ConcatenatedView(IReadOnlyList<string> names, Func<string, IDataView> open) : IDataView
{
    private readonly IDataView?[] _views = new IDataView[names.Count];

    public bool CanShuffle => false;

    public DataViewSchema Schema => View(0).Schema;

    public long? GetRowCount()
    {
        long all = 0;
        for (int i = 0; i < names.Count; i++)
        {
            if (View(i).GetRowCount() is not { } count) return null;
            all += count;
        }
        return all;
    }

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this, [.. columnsNeeded]);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    /// <summary>Does something with a part.</summary>
    /// <exception cref="ShardException">It failed.</exception>
    private T In<T>(int index, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is not (ShardException or OperationCanceledException))
        {
            throw ShardException.Of(names[index], e);
        }
    }

    private IDataView View(int index) => _views[index] ??= In(index, () => open(names[index]));

    /// <summary>The column of a part in the place of one of the first.</summary>
    private DataViewSchema.Column ColumnOf(int index, DataViewSchema.Column first)
    {
        var schema = View(index).Schema;
        if (schema.GetColumnOrNull(first.Name) is not { } column)
            throw new ShardException(names[index], $"it has no column '{first.Name}', which '{names[0]}' has. All must have the same columns.");
        return column.Type.Equals(first.Type) ? column : throw new ShardException(
            names[index], $"its column '{first.Name}' is {column.Type}, that of '{names[0]}' is {first.Type}. They must agree.");
    }

    private sealed class Cursor(ConcatenatedView view, DataViewSchema.Column[] columns) : DataViewRowCursor
    {
        private readonly List<Action> _bind = [];
        private DataViewRowCursor? _part;
        private int _index = -1;
        private long _position = -1;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => Array.Exists(columns, one => one.Index == column.Index);

        public override bool MoveNext()
        {
            while (_index < view.Count)
            {
                if (_part is not null && view.In(_index, _part.MoveNext))
                {
                    _position++;
                    return true;
                }
                _part?.Dispose();
                _part = null;
                if (++_index < view.Count) Open();
            }
            _position = -1;
            return false;
        }

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (column.Type.RawType != typeof(TValue))
                throw new InvalidOperationException($"Column '{column.Name}' holds values of type {column.Type.RawType.Name}, not {typeof(TValue).Name}.");
            ValueGetter<TValue>? getter = null;
            void Bind() => getter = _part!.GetGetter<TValue>(view.ColumnOf(_index, column));
            _bind.Add(Bind);
            if (_part is not null) Bind();
            return (ref TValue value) =>
            {
                try
                {
                    (getter ?? throw new InvalidOperationException("There is no row before the first."))(ref value);
                }
                catch (Exception e) when (_part is not null && e is not (ShardException or OperationCanceledException))
                {
                    throw ShardException.Of(view.NameOf(_index), e);
                }
            };
        }

        // The rows of two parts may have the same ids.
        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);

        protected override void Dispose(bool disposing)
        {
            if (disposing) _part?.Dispose();
            _part = null;
            base.Dispose(disposing);
        }

        private void Open()
        {
            var needed = Array.ConvertAll(columns, column => view.ColumnOf(_index, column));
            _part = view.In(_index, () => view.View(_index).GetRowCursor(needed));
            foreach (var bind in _bind) bind();
        }
    }

    private int Count => names.Count;

    private string NameOf(int index) => names[index];
}
