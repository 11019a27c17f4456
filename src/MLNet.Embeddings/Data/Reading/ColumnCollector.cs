using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Collects one input column from a cursor, row by row.</summary>
internal abstract class ColumnCollector
{
    /// <summary>Makes the collector that fits the kind of column, whose type was checked.</summary>
    /// <param name="column">The column as the options name it.</param>
    /// <param name="row">The cursor.</param>
    /// <param name="capacity">Rows to make room for at once; 0 if their number is not known.</param>
    internal static ColumnCollector For(InputColumn column, DataViewRow row, int capacity) => column switch
    {
        CategoryColumn category => new CategoryCollector(row, row.Schema[column.Name], category.Table, capacity),
        EmbeddingColumn terms =>
            new SequenceCollector(row, row.Schema[column.Name], terms.Table, capacity, dropsKeys: terms is not SequenceColumn { IsTarget: true }),
        NumberColumn number => new NumberCollector(row, row.Schema[column.Name], capacity, number),
        _ => throw new System.Diagnostics.UnreachableException(column.ToString()),
    };

    /// <summary>Takes the value of the row that the cursor stands on.</summary>
    internal abstract void Add();

    /// <summary>The values since the last call.</summary>
    internal abstract ColumnData Take();
}

/// <summary>Collects a category column.</summary>
internal sealed class CategoryCollector : ColumnCollector
{
    private readonly Func<int> _getter;
    private readonly int _keyCount;
    private readonly bool _hasUnknown;
    private readonly string? _sharedTable;
    private ColumnBuffer<int> _keys;

    internal CategoryCollector(DataViewRow row, DataViewSchema.Column column, string? sharedTable, int capacity)
    {
        _sharedTable = sharedTable;
        _keys = new(capacity);
        _keyCount = KeyReading.KeyCount(column);
        _hasUnknown = column.HasUnknownKey();
        _getter = KeyReading.Scalar(row, column, _keyCount);
    }

    internal override void Add() => _keys.Add(_getter());

    internal override CategoryData Take() => new(_keys.Take(), _keyCount, _hasUnknown) { SharedTable = _sharedTable };
}

/// <summary>Collects a sequence column.</summary>
internal sealed class SequenceCollector : ColumnCollector
{
    private readonly KeyReading.SequenceGetter _getter;
    private readonly int _keyCount;
    private readonly bool _hasUnknown;
    private readonly string? _sharedTable;
    private ColumnBuffer<int> _tokens = new(0), _offsets;

    internal SequenceCollector(DataViewRow row, DataViewSchema.Column column, string? sharedTable, int capacity, bool dropsKeys)
    {
        _sharedTable = sharedTable;
        _offsets = new(capacity + 1);
        _offsets.Add(0);
        _keyCount = KeyReading.KeyCount(column);
        _hasUnknown = dropsKeys && column.HasUnknownKey();
        _getter = KeyReading.Sequence(row, column, _keyCount);
    }

    internal override void Add()
    {
        _tokens.AddRange(_getter());
        _offsets.Add(_tokens.Count);
    }

    internal override SequenceData Take()
    {
        var data = new SequenceData(_tokens.Take(), _offsets.Take(), _keyCount, _hasUnknown) { SharedTable = _sharedTable };
        _offsets.Add(0);
        return data;
    }
}

/// <summary>Collects a number column; the first row says how many numbers each has, where the type does not.</summary>
internal sealed class NumberCollector : ColumnCollector
{
    private readonly NumberReading.Getter _getter;
    private readonly DataViewRow _row;
    private readonly string _name;
    private readonly NumberColumn _column;
    private ColumnBuffer<float> _values;
    private int? _size;

    internal NumberCollector(DataViewRow row, DataViewSchema.Column column, int capacity, NumberColumn given)
    {
        _values = new(column.Type is VectorDataViewType { Size: var size } ? checked(capacity * size) : capacity);
        _row = row;
        _name = column.Name;
        _column = given;
        _getter = NumberReading.Of(row, column);
    }

    internal override void Add()
    {
        var numbers = _getter();
        if (numbers.IsEmpty)
        {
            throw new InvalidOperationException(
                $"Column '{_name}' holds no numbers in row {_row.Position}; every row must have at least one. Give NaN where a number is missing.");
        }
        _size ??= numbers.Length;
        if (numbers.Length != _size)
        {
            throw new InvalidOperationException(
                $"Column '{_name}' holds {numbers.Length} numbers in row {_row.Position} and {_size} in the rows before; every row must have as many. " +
                "Make the vectors equally long, or use one column per number.");
        }
        _values.AddRange(numbers);
    }

    internal override NumberData Take() => new(_values.Take(), _size ?? 0, _column.EncoderFor(_size ?? 0));
}

/// <summary>An array that grows while a column is read.</summary>
/// <param name="capacity">Values to make room for at once; 0 if their number is not known.</param>
internal struct ColumnBuffer<T>(int capacity)
{
    private T[] _values = new T[capacity];

    internal int Count { get; private set; }

    internal void Add(T value)
    {
        if (Count == _values.Length) Array.Resize(ref _values, Math.Max(64, 2 * Count));
        _values[Count++] = value;
    }

    internal void AddRange(ReadOnlySpan<T> values)
    {
        if (_values.Length - Count < values.Length) Array.Resize(ref _values, Math.Max(2 * Count, Count + values.Length));
        values.CopyTo(_values.AsSpan(Count));
        Count += values.Length;
    }

    /// <summary>The values in an array of their number, without a copy where the room was just enough; the buffer is empty afterwards.</summary>
    internal T[] Take()
    {
        T[] values = Count == _values.Length ? _values : _values[..Count];
        (_values, Count) = ([], 0);
        return values;
    }
}
