using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>A column that a fitted network reads: finds it in a schema, and reads it into batches.</summary>
internal abstract class ScoredColumn
{
    internal static ScoredColumn Of(ReadColumn column) => column switch
    {
        ReadCategory category => new ScoredCategory(category.Name, category.KeyCount),
        ReadKeys keys => new ScoredSequence(keys.IsBag ? "bag" : "sequence", keys.Name, keys.KeyCount),
        ReadNumbers numbers => new ScoredNumber(numbers.Name, numbers.Count, numbers.Scale),
        _ => throw new UnreachableException($"{column}"),
    };

    /// <summary>Finds the column.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or of another type than in training.</exception>
    internal abstract DataViewSchema.Column Find(DataViewSchema schema);

    /// <summary>Reads the column of a row or cursor.</summary>
    internal abstract ColumnReader Open(DataViewRow row, DataViewSchema.Column column);
}

/// <summary>Reads a column of a row or cursor into its part of a batch.</summary>
internal abstract class ColumnReader
{
    /// <summary>The column's part of the batch.</summary>
    internal abstract ColumnBatch Batch { get; }

    /// <summary>Reads the row that the cursor stands on.</summary>
    /// <param name="index">Its place in the batch; rows come in their order.</param>
    internal abstract void Read(int index);
}

/// <summary>A category: its key, 0 if it is missing.</summary>
internal sealed class ScoredCategory(string name, int keyCount) : ScoredColumn
{
    internal override DataViewSchema.Column Find(DataViewSchema schema)
    {
        var column = schema.FindFitted("category", name);
        var type = InputType.Of(column);
        return type.IsCategory ? column : throw SchemaErrors.Unlike("category", name, "Key", type.Description);
    }

    internal override ColumnReader Open(DataViewRow row, DataViewSchema.Column column) => new Reader(KeyReading.Scalar(row, column, keyCount));

    private sealed class Reader(Func<int> key) : ColumnReader
    {
        private readonly int[] _keys = new int[ReadAheadCursor.MaxRows];

        internal override ColumnBatch Batch => field ??= new CategoryBatch(TermBatch.EveryKey, _keys);

        internal override void Read(int index) => _keys[index] = key();
    }
}

/// <summary>A sequence or a bag of keys, padding left out.</summary>
internal sealed class ScoredSequence(string role, string name, int keyCount) : ScoredColumn
{
    internal override DataViewSchema.Column Find(DataViewSchema schema)
    {
        var column = schema.FindFitted(role, name);
        var type = InputType.Of(column);
        return type.IsSequence ? column : throw SchemaErrors.Unlike(role, name, "Vector<Key>", type.Description);
    }

    internal override ColumnReader Open(DataViewRow row, DataViewSchema.Column column) => new Reader(KeyReading.Sequence(row, column, keyCount));

    private sealed class Reader(KeyReading.SequenceGetter keys) : ColumnReader
    {
        private readonly SequenceBatch _batch = new(TermBatch.EveryKey, [], []);

        internal override ColumnBatch Batch => _batch;

        internal override void Read(int index) => _batch.Set(index, index == 0 ? 0 : _batch.TokenCount, keys());
    }
}

/// <summary>Numbers on their scale; behind them, if the network has them, 0/1 indicators of what is missing.</summary>
internal sealed class ScoredNumber(string name, int count, NumberScale scale) : ScoredColumn
{
    internal override DataViewSchema.Column Find(DataViewSchema schema)
    {
        var column = schema.FindFitted("number", name);
        var type = InputType.Of(column);
        if (!type.IsNumber) throw SchemaErrors.Unlike("number", name, "a number, Boolean or vector of numbers", type.Description);
        int size = column.Type is VectorDataViewType vector ? vector.Size : 1;
        if (size != 0 && size != count)
        {
            throw SchemaErrors.Mismatch("number", name, count == 1 ? "one number" : $"a vector of {count} numbers", type.Description,
                "Give as many numbers as in training.");
        }
        return column;
    }

    internal override ColumnReader Open(DataViewRow row, DataViewSchema.Column column) => new Reader(name, count, scale, row, NumberReading.Of(row, column));

    private sealed class Reader(string name, int count, NumberScale scale, DataViewRow row, NumberReading.Getter getter) : ColumnReader
    {
        private readonly NumberBatch _batch = new([], scale.Width);

        internal override ColumnBatch Batch => _batch;

        internal override void Read(int index)
        {
            var numbers = getter();
            if (numbers.Length != count)
            {
                throw new InvalidOperationException(
                    $"Column '{name}' holds {numbers.Length} numbers in row {row.Position}; the network was trained with {count}. " +
                    "Give as many numbers as in training, NaN where one is missing.");
            }
            _batch.Require(index + 1);
            scale.Apply(numbers, _batch.Row(index));
        }
    }
}
