using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>A number: a Single label, whose NaN is missing.</summary>
internal sealed class RegressionTask(RegressionLabel label) : LabelTask
{
    internal override RegressionLabel Label => label;

    internal override bool HasClasses => false;

    internal override void CheckType(InputType type)
    {
        if (type is { IsVector: false, Item: NumberDataViewType { RawType: var raw } } && raw == typeof(float)) return;
        throw SchemaErrors.Mismatch("label", label.Name, "Single", type.Description, type switch
        {
            { IsVector: true } => "Give one label per row.",
            { IsKey: true } => "Leave out the step that makes keys of it.",
            _ => $"Convert it with mlContext.Transforms.Conversion.ConvertType(\"{label.Name}\", outputKind: DataKind.Single) before the trainer.",
        });
    }

    internal override RegressionLabelShape Promise(SchemaShape.Column column) => new(label.Name, 0, 1);

    internal override Func<float> Open(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<float>(column);
        float value = 0;
        return () =>
        {
            getter(ref value);
            return !float.IsInfinity(value) ? value : throw new InvalidOperationException(
                $"The label column '{label.Name}' is infinite in row {row.Position}; a label must be a number, or NaN where it is missing. Replace the value, or filter the row out.");
        };
    }

    internal override RegressionObjective Learn(DataViewSchema.Column column, ReadOnlySpan<float> labels)
    {
        double sum = 0, squares = 0;
        int count = 0;
        foreach (float value in labels)
        {
            if (float.IsNaN(value)) continue;
            sum += value;
            count++;
        }
        if (count == 0) throw new InvalidOperationException($"The label column '{label.Name}' is missing in all {labels.Length} rows; training needs rows with a label.");
        double mean = sum / count;
        foreach (float value in labels)
        {
            if (!float.IsNaN(value)) squares += (value - mean) * (value - mean);
        }
        float deviation = (float)Math.Sqrt(squares / count);
        return new RegressionObjective(label, new RegressionLabelShape(label.Name, (float)mean, deviation > 0 ? deviation : 1));
    }
}
