using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Reads example weights.</summary>
internal static class WeightReading
{
    /// <exception cref="ArgumentOutOfRangeException">The column is not a scalar number.</exception>
    internal static Func<float> Of(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is not NumberDataViewType)
        {
            throw SchemaErrors.Mismatch("example weight", column.Name, "a number", column.Type.ToString()!,
                $"Convert it with mlContext.Transforms.Conversion.ConvertType(\"{column.Name}\", outputKind: DataKind.Single) before the trainer.");
        }
        var getter = NumberReading.Of(row, column);
        return () => getter()[0] is >= 0 and var weight ? weight : throw new InvalidOperationException(
            $"The example weight column '{column.Name}' holds {getter()[0]} in row {row.Position}; weights must be 0 or more. Replace the value, or filter the row out.");
    }
}
