using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>A view in memory of which the values of one column are in another order.</summary>
/// <param name="source">The view; its cursors go through its rows in their order.</param>
/// <param name="column">The column.</param>
/// <param name="order">For each row the one whose value it gets.</param>
internal sealed class PermutedView(IDataView source, HeldColumn column, int[] order) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(source.GetRowCursor(columnsNeeded), column, order);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded)];

    private sealed class Cursor(DataViewRowCursor input, HeldColumn column, int[] order) : DataViewRowCursor
    {
        public override DataViewSchema Schema => input.Schema;
        public override long Position => input.Position;
        public override long Batch => input.Batch;
        public override bool MoveNext() => input.MoveNext();
        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();
        public override bool IsColumnActive(DataViewSchema.Column asked) => input.IsColumnActive(asked);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column asked) => asked.Index == column.Index
            ? column.Getter<TValue>(() => order[input.Position])
            : input.GetGetter<TValue>(asked);

        protected override void Dispose(bool disposing)
        {
            if (disposing) input.Dispose();
            base.Dispose(disposing);
        }
    }
}

/// <summary>All values of a column of a view, in memory.</summary>
/// <param name="index">Number of the column.</param>
internal abstract class HeldColumn(int index)
{
    internal int Index => index;

    /// <summary>Reads the column.</summary>
    internal static HeldColumn Of(IDataView view, DataViewSchema.Column column) =>
        (HeldColumn)Activator.CreateInstance(typeof(HeldValues<>).MakeGenericType(column.Type.RawType), view, column)!;

    /// <summary>The getter of the value of a row.</summary>
    /// <param name="row">Gives the row.</param>
    internal abstract ValueGetter<TValue> Getter<TValue>(Func<int> row);
}

/// <summary>Values of one type; vectors are copied when they are given out, for whoever takes one may write to it.</summary>
internal sealed class HeldValues<T> : HeldColumn
{
    private delegate void Copier(in T source, ref T destination);

    private static readonly Copier Copy = typeof(T) is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(VBuffer<>)
        ? typeof(HeldVectors).GetMethod(nameof(HeldVectors.Copy), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(type.GenericTypeArguments).CreateDelegate<Copier>()
        : (in source, ref destination) => destination = source;

    private readonly List<T> _values = [];

    public HeldValues(IDataView view, DataViewSchema.Column column) : base(column.Index)
    {
        using var cursor = view.GetRowCursor([column]);
        var getter = cursor.GetGetter<T>(column);
        while (cursor.MoveNext())
        {
            // A fresh one for each row: what a getter is given again it writes over.
            var value = default(T)!;
            getter(ref value);
            _values.Add(value);
        }
    }

    /// <exception cref="InvalidOperationException">The values are of another type.</exception>
    internal override ValueGetter<TValue> Getter<TValue>(Func<int> row) =>
        (ValueGetter<T>)((ref T value) => Copy(_values[row()], ref value)) as ValueGetter<TValue>
        ?? throw new InvalidOperationException($"The column holds {typeof(T).Name}, not {typeof(TValue).Name}.");
}

/// <summary>Copies vectors.</summary>
internal static class HeldVectors
{
    internal static void Copy<T>(in VBuffer<T> source, ref VBuffer<T> destination) => source.CopyTo(ref destination);
}
