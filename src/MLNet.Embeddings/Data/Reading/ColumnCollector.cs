using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Collects one input column from a cursor, row by row.</summary>
internal abstract class ColumnCollector
{
    /// <summary>Makes the collector that fits the kind of column, whose type was checked.</summary>
    /// <param name="column">The column as the options name it.</param>
    /// <param name="row">The cursor.</param>
    /// <param name="rows">Rows to expect; 0 if their number is not known.</param>
    internal static ColumnCollector For(InputColumn column, DataViewRow row, long rows) => column switch
    {
        CategoryColumn category => new CategoryCollector(row, row.Schema[column.Name], category.Table, rows),
        EmbeddingColumn terms =>
            new SequenceCollector(row, row.Schema[column.Name], terms.Table, rows, dropsKeys: terms is not SequenceColumn { IsTarget: true }),
        NumberColumn number when NumberReading.FitsSingle(row.Schema[column.Name]) =>
            new NumberCollector<float>(row, row.Schema[column.Name], rows, number),
        NumberColumn number => new NumberCollector<double>(row, row.Schema[column.Name], rows, number),
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
    private readonly KeyTerms _terms;
    private ColumnBuffer<int> _keys;

    internal CategoryCollector(DataViewRow row, DataViewSchema.Column column, string? sharedTable, long rows)
    {
        _sharedTable = sharedTable;
        _terms = new(column);
        _keys = new(rows, $"rows with column '{column.Name}'");
        _keyCount = KeyReading.KeyCount(column);
        _hasUnknown = column.HasUnknownKey();
        _getter = KeyReading.Scalar(row, column, _keyCount);
    }

    internal override void Add() => _keys.Add(_getter());

    internal override CategoryData Take() => new(_keys.Take(), _keyCount, _hasUnknown) { SharedTable = _sharedTable, Terms = _terms };
}

/// <summary>Collects a sequence column.</summary>
internal sealed class SequenceCollector : ColumnCollector
{
    private readonly KeyReading.SequenceGetter _getter;
    private readonly int _keyCount;
    private readonly bool _hasUnknown;
    private readonly string? _sharedTable;
    private readonly KeyTerms _terms;
    private ColumnBuffer<int> _tokens, _offsets;

    internal SequenceCollector(DataViewRow row, DataViewSchema.Column column, string? sharedTable, long rows, bool dropsKeys)
    {
        _sharedTable = sharedTable;
        _terms = new(column);
        _tokens = new(0, $"tokens in column '{column.Name}'");
        _offsets = new(rows == 0 ? 0 : rows + 1, $"rows with column '{column.Name}'");
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
        var data = new SequenceData(_tokens.Take(), _offsets.Take(), _keyCount, _hasUnknown) { SharedTable = _sharedTable, Terms = _terms };
        _offsets.Add(0);
        return data;
    }
}

/// <summary>Collects a number column; the first row says how many numbers each has, where the type does not.</summary>
internal sealed class NumberCollector<T> : ColumnCollector where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NumberReading.Getter _getter;
    private readonly DataViewRow _row;
    private readonly string _name;
    private readonly NumberColumn _column;
    private ColumnBuffer<T> _values;
    private int? _size;

    internal NumberCollector(DataViewRow row, DataViewSchema.Column column, long rows, NumberColumn given)
    {
        _values = new(column.Type is VectorDataViewType { Size: var size } ? rows * size : rows, $"numbers in column '{column.Name}'");
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
        foreach (double number in numbers)
        {
            if (!NumberScale.IsUsable(number) && !double.IsNaN(number)) throw Infinite(number);
        }
        TensorPrimitives.ConvertTruncating(numbers, _values.Extend(numbers.Length));
    }

    private InvalidOperationException Infinite(double number) => new(string.Create(CultureInfo.InvariantCulture,
        $"Column '{_name}' holds {number} in row {_row.Position}; numbers must be finite and within the range of Single, or NaN where the value " +
        $"is missing. Replace the value, or set it to NaN, before this step."));

    internal override NumberData<T> Take() => new(_values.Take(), _size ?? 0, _column.EncoderFor(_size ?? 0));
}
