using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Reads a data view into a training table in one pass.</summary>
/// <param name="Columns">The input columns.</param>
/// <param name="OpenLabel">Makes the getter of a row's label; NaN is missing.</param>
/// <param name="LabelColumnName">Name of the label column.</param>
/// <param name="WeightColumnName">Name of the column of example weights; null for none.</param>
internal sealed record TrainingTableReader(
    IReadOnlyList<InputColumn> Columns, Func<DataViewRow, DataViewSchema.Column, Func<float>> OpenLabel, string LabelColumnName, string? WeightColumnName)
{
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that cannot be used.</exception>
    /// <exception cref="InvalidOperationException">A value cannot be used, or no row has a label.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal TrainingTable Read(IDataView view, CancellationToken cancellation)
    {
        var schema = view.Schema;
        var label = schema.Find("label", LabelColumnName);
        DataViewSchema.Column[] weight = WeightColumnName is null ? [] : [schema.Find("example weight", WeightColumnName)];
        foreach (var column in weight) InputType.Of(column).RequireWeight(column.Name);
        foreach (var column in Columns) column.Require((role, name) => InputType.Of(schema.Find(role, name)));
        var needed = Columns.Select(column => schema[column.Name]).Append(label).Concat(weight);

        using var cursor = view.GetRowCursor(needed);
        var collectors = Columns.Select(column => ColumnCollector.For(column, cursor)).ToArray();
        var readLabel = OpenLabel(cursor, label);
        var readWeight = weight is [var given] ? WeightReading.Of(cursor, given) : () => 1f;

        List<float> labels = [], weights = [];
        int skipped = 0;
        while (cursor.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            float value = readLabel();
            if (float.IsNaN(value))
            {
                skipped++;
                continue;
            }
            labels.Add(value);
            weights.Add(readWeight());
            foreach (var collector in collectors) collector.Add();
        }
        if (labels.Count == 0) throw NoRows(skipped);
        return new TrainingTable([.. collectors.Select(collector => collector.ToData())], [.. labels], WithMeanOne([.. weights]), skipped);
    }

    /// <summary>Scales weights so that they neither lengthen nor shorten the steps of training.</summary>
    private float[] WithMeanOne(float[] weights)
    {
        double sum = 0;
        foreach (float weight in weights) sum += weight;
        if (!(sum > 0)) throw new InvalidOperationException($"The example weight column '{WeightColumnName}' is 0 in all {weights.Length} rows; some must be above 0.");
        double scale = weights.Length / sum;
        return Array.ConvertAll(weights, weight => (float)(weight * scale));
    }

    private InvalidOperationException NoRows(int skipped) => new(skipped == 0
        ? "The data has no rows; training needs some. Check the path and the filters before the trainer."
        : $"The label column '{LabelColumnName}' is missing in all {skipped} rows; training needs rows with a label.");
}
