using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>A row of values in memory, which may change; knows which columns were asked for. Reading it allocates nothing.</summary>
internal sealed class MemoryRow : DataViewRow
{
    private readonly object[] _values;
    private readonly HashSet<string> _requested = [];
    private long _position;

    internal MemoryRow(params (string Name, DataViewType Type, object Value)[] cells)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var (name, type, _) in cells) builder.AddColumn(name, type);
        Schema = builder.ToSchema();
        _values = [.. cells.Select(cell => cell.Value)];
    }

    internal MemoryRow(string name, DataViewType type, DataViewSchema.Annotations annotations, object value)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(name, type, annotations);
        Schema = builder.ToSchema();
        _values = [value];
    }

    /// <summary>A row for the network of <see cref="Networks.OfEveryKind"/>.</summary>
    internal static MemoryRow OfEveryKind()
    {
        var key = new KeyDataViewType(typeof(uint), 5);
        var keys = new VBuffer<uint>(4, [1, 0, 5, 2]);
        return new MemoryRow(
            ("Category", new KeyDataViewType(typeof(uint), 3), 1u), ("Gru", new VectorDataViewType(key), keys), ("Mean", new VectorDataViewType(key), keys),
            ("Max", new VectorDataViewType(key), keys), ("Attention", new VectorDataViewType(key), keys), ("Bag", new VectorDataViewType(key), keys),
            ("Numbers", new VectorDataViewType(NumberDataViewType.Double), new VBuffer<double>(2, 1, [0.5], [1])));
    }

    public override DataViewSchema Schema { get; }
    public override long Position => _position;
    public override long Batch => 0;

    /// <summary>Names of the columns that a getter was asked for.</summary>
    internal IReadOnlyCollection<string> Requested => _requested;

    /// <summary>How often a value was read.</summary>
    internal int Reads { get; private set; }

    internal void Set(string column, object value) => _values[Schema[column].Index] = value;

    internal void MoveTo(long position) => _position = position;

    public override bool IsColumnActive(DataViewSchema.Column column) => true;

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = default;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        _requested.Add(column.Name);
        return (ref TValue value) =>
        {
            Reads++;
            value = (TValue)_values[column.Index];
        };
    }
}
