using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

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
