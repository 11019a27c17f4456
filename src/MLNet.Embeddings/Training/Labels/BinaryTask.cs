using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Two classes: a Boolean label, which is never missing.</summary>
internal sealed class BinaryTask(BinaryLabel label) : LabelTask
{
    internal override BinaryLabel Label => label;

    internal override void CheckType(InputType type)
    {
        if (type is { IsVector: false, Item: BooleanDataViewType }) return;
        string convert = $"mlContext.Transforms.Conversion.ConvertType(\"{label.Name}\", outputKind: DataKind.Boolean)";
        throw SchemaErrors.Mismatch("label", label.Name, "Boolean", type.Description, type switch
        {
            { IsVector: true } => "Give one label per row.",
            { IsKey: true } => $"Leave out the step that makes keys of it, and convert its values with {convert} before the trainer.",
            { Item: NumberDataViewType { RawType: var raw } } when raw == typeof(float) || raw == typeof(double) =>
                $"Convert it with {convert} before the trainer. That takes NaN for true: filter rows without a label out first, with mlContext.Data.FilterRowsByMissingValues.",
            _ => $"Convert it with {convert} before the trainer.",
        });
    }

    internal override BinaryLabelShape Promise(SchemaShape.Column column) => new(label.Name);

    internal override Func<float> Open(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<bool>(column);
        bool value = false;
        return () =>
        {
            getter(ref value);
            return value ? 1 : 0;
        };
    }

    internal override BinaryObjective Learn(DataViewSchema.Column column, ReadOnlySpan<float> labels)
    {
        int positive = labels.Count(1f);
        if (positive == 0 || positive == labels.Length)
        {
            throw new InvalidOperationException(
                $"The label column '{label.Name}' is {(positive > 0 ? "true" : "false")} in all {labels.Length} rows; two classes are needed to learn to tell them apart. " +
                "Check how the label is made, or give data with both classes.");
        }
        return new BinaryObjective(label, ClassWeighting.Of(label.ClassWeights, label.Name, [bool.FalseString, bool.TrueString], labels));
    }
}
