using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Reads example weights.</summary>
internal static class WeightReading
{
    internal static Func<float> Of(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = NumberReading.Of(row, column);
        return () => getter()[0] is >= 0 and var weight ? weight : throw new InvalidOperationException(
            $"The example weight column '{column.Name}' holds {getter()[0]} in row {row.Position}; weights must be 0 or more. Replace the value, or filter the row out.");
    }
}
