using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>A cursor over numbers in memory, which tells what was read of it. Column "Number" holds them, "Numbers" each as a sparse vector.</summary>
/// <param name="count">How many rows it has; row i holds <paramref name="valueOf"/>(i).</param>
/// <param name="valueOf">The value of a row; may throw.</param>
internal sealed class MemoryCursor(int count, Func<int, int> valueOf) : DataViewRowCursor
{
    private long _position = -1;

    public override DataViewSchema Schema { get; } = CreateSchema();
    public override long Position => _position;
    public override long Batch => _position / 10;

    /// <summary>How many rows were moved to.</summary>
    internal int Moves { get; private set; }

    /// <summary>A row that cannot be moved to.</summary>
    internal int Broken { get; init; } = -1;

    internal int Disposals { get; private set; }

    internal DataViewSchema.Column Number => Schema[0];

    internal DataViewSchema.Column Numbers => Schema[1];

    public override bool MoveNext()
    {
        if (Moves == Broken) throw new IOException("The disk is gone.");
        if (Moves == count)
        {
            _position = -1;
            return false;
        }
        _position = Moves++;
        return true;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => true;

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 7);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => (ValueGetter<TValue>)(Delegate)(column.Index == 0
        ? (ValueGetter<int>)((ref int value) => value = Value())
        : (ValueGetter<VBuffer<int>>)((ref VBuffer<int> value) =>
        {
            var editor = VBufferEditor.Create(ref value, 10, 1);
            (editor.Values[0], editor.Indices[0]) = (Value(), (int)(_position % 10));
            value = editor.Commit();
        }));

    protected override void Dispose(bool disposing)
    {
        Disposals++;
        base.Dispose(disposing);
    }

    private int Value() => _position >= 0 ? valueOf((int)_position) : throw new InvalidOperationException("There is no row.");

    private static DataViewSchema CreateSchema()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Number", NumberDataViewType.Int32);
        builder.AddColumn("Numbers", new VectorDataViewType(NumberDataViewType.Int32, 10));
        return builder.ToSchema();
    }
}
