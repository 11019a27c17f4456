using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Numbers in deviations from their means, 0 where missing; behind them, if the network has them, 0/1 indicators of what is missing.</summary>
internal sealed class NumberPass(NumberShape shape, TrainedNetwork network) : ColumnPass(shape.OutputSize)
{
    private readonly float[] _mean = network.Weights[shape.Mean].Values;
    private readonly float[] _deviation = network.Weights[shape.Deviation].Values;

    internal override DataViewSchema.Column Find(DataViewSchema schema)
    {
        var column = schema.Find("number", shape.Name);
        var type = InputType.Of(column);
        type.RequireNumber(shape.Name);
        int size = column.Type is VectorDataViewType vector ? vector.Size : 1;
        if (size != 0 && size != shape.Size)
        {
            throw SchemaErrors.Mismatch("number", shape.Name, shape.Size == 1 ? "one number" : $"a vector of {shape.Size} numbers", type.Description,
                "Give as many numbers as in training.");
        }
        return column;
    }

    internal override VectorGetter Over(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = NumberReading.Of(row, column);
        return vector =>
        {
            var numbers = getter();
            if (numbers.Length != shape.Size)
            {
                throw new InvalidOperationException(
                    $"Column '{shape.Name}' holds {numbers.Length} numbers in row {row.Position}; the network was trained with {shape.Size}. " +
                    "Give as many numbers as in training, NaN where one is missing.");
            }
            Standardize(numbers, vector);
        };
    }

    private void Standardize(ReadOnlySpan<float> numbers, Span<float> vector)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            vector[i] = NumberColumn.Standardize(numbers[i], _mean[i], _deviation[i]);
            if (shape.MissingIndicator) vector[numbers.Length + i] = float.IsNaN(numbers[i]) ? 1 : 0;
        }
    }
}
