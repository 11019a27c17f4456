using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Two classes: a Boolean label, binary cross-entropy of the logit, accuracy.</summary>
internal sealed class BinaryObjective : Objective
{
    internal override NetworkTask Task => NetworkTask.BinaryClassification;

    internal override int Outputs => 1;

    internal override string Metric => "Accuracy";

    internal override void CheckLabel(string name, InputType type)
    {
        if (type is { IsVector: false, Item: BooleanDataViewType }) return;
        string convert = $"mlContext.Transforms.Conversion.ConvertType(\"{name}\", outputKind: DataKind.Boolean)";
        throw SchemaErrors.Mismatch("label", name, "Boolean", type.Description, type switch
        {
            { IsVector: true } => "Give one label per row.",
            { IsKey: true } => $"Leave out the step that makes keys of it, and convert its values with {convert} before the trainer.",
            { Item: NumberDataViewType { RawType: var raw } } when raw == typeof(float) || raw == typeof(double) =>
                $"Convert it with {convert} before the trainer. That takes NaN for true: filter rows without a label out first, with mlContext.Data.FilterRowsByMissingValues.",
            _ => $"Convert it with {convert} before the trainer.",
        });
    }

    internal override Func<float> OpenLabel(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<bool>(column);
        bool label = false;
        return () =>
        {
            getter(ref label);
            return label ? 1 : 0;
        };
    }

    internal override void CheckLabels(string name, ReadOnlySpan<float> labels)
    {
        int positive = labels.Count(1f);
        if (positive > 0 && positive < labels.Length) return;
        throw new InvalidOperationException(
            $"The label column '{name}' is {(positive > 0 ? "true" : "false")} in all {labels.Length} rows; two classes are needed to learn to tell them apart. " +
            "Check how the label is made, or give data with both classes.");
    }

    /// <remarks>
    /// Effectively computes w (ln(1 + eˢ) - y s) for score s, label y and weight w, without large numbers in between; its gradient by s is w (1 / (1 + e⁻ˢ) - y).
    /// </remarks>
    internal override double Loss(ReadOnlySpan<float> scores, RowBatch batch, int firstRow, Span<float> gradients)
    {
        double sum = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            double score = scores[i], label = batch.Labels[firstRow + i], weight = batch.Weights[firstRow + i];
            double exponential = Math.Exp(-Math.Abs(score));
            sum += weight * (Math.Max(score, 0) - label * score + Math.Log(1 + exponential));
            if (gradients.IsEmpty) continue;
            double probability = (score > 0 ? 1 : exponential) / (1 + exponential);
            gradients[i] = (float)(weight * (probability - label) / batch.RowCount);
        }
        return sum;
    }

    internal override double Measure(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        double right = 0, total = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            total += weights[i];
            if (scores[i] > 0 == labels[i] > 0.5f) right += weights[i];
        }
        return right / total;
    }
}
