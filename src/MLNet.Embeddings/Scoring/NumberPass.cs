using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Numbers on their scale, each encoded; behind them, if the network has them, 0/1 indicators of what is missing.</summary>
internal sealed class NumberPass(NumberShape shape, TrainedNetwork network) : ColumnPass(shape.OutputSize)
{
    private readonly NumberScale _scale = shape.Scale(network);
    private readonly NumberEncoding? _encoding = Encoding(shape, network);

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
        float[] scaled = new float[_scale.Width], scratch = new float[_encoding?.ScratchSize ?? 0];
        return vector =>
        {
            var numbers = getter();
            if (numbers.Length != shape.Size)
            {
                throw new InvalidOperationException(
                    $"Column '{shape.Name}' holds {numbers.Length} numbers in row {row.Position}; the network was trained with {shape.Size}. " +
                    "Give as many numbers as in training, NaN where one is missing.");
            }
            if (_encoding is null)
            {
                _scale.Apply(numbers, vector);
                return;
            }
            _scale.Apply(numbers, scaled);
            int encoded = shape.Size * shape.Encoder.OutputSize;
            _encoding.Encode(scaled.AsSpan(0, shape.Size), vector[..encoded], scratch);
            scaled.AsSpan(shape.Size).CopyTo(vector[encoded..]);
        };
    }

    /// <summary>What is computed of the numbers on their scale; null for nothing.</summary>
    private static NumberEncoding? Encoding(NumberShape shape, TrainedNetwork network) => shape.Encoder switch
    {
        PiecewiseLinearEncoder => PiecewiseLinearEncoding.Of(shape.BinCounts, network[shape.BinWeights], network[shape.LinearWeights], network[shape.LinearBias]),
        PeriodicEncoder => new PeriodicEncoding(
            network.Weights[shape.Frequencies].Values, network.Weights[shape.LinearWeights].Values, network.Weights[shape.LinearBias].Values, shape.Size),
        _ => null,
    };
}
