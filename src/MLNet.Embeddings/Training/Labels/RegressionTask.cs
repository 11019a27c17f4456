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
                $"The label column '{label.Name}' is infinite in row {row.Position}; a label must be a number, or NaN where it is missing. Replace the " +
                "value, or filter the row out.");
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
        if (count == 0)
            throw new InvalidOperationException($"The label column '{label.Name}' is missing in all {labels.Length} rows; training needs rows with a label.");
        double mean = sum / count;
        foreach (float value in labels)
        {
            if (!float.IsNaN(value)) squares += (value - mean) * (value - mean);
        }
        float deviation = (float)Math.Sqrt(squares / count);
        return new RegressionObjective(label, new RegressionLabelShape(label.Name, (float)mean, deviation > 0 ? deviation : 1));
    }
}

/// <summary>A number: squared, absolute or Huber loss of the error in deviations of the label.</summary>
internal sealed class RegressionObjective(RegressionLabel label, RegressionLabelShape shape) : Objective
{
    internal override RegressionLabelShape Shape => shape;

    internal override Objective Continue(LabelShape previous) => previous is RegressionLabelShape measured ? new RegressionObjective(label, measured) : this;

    internal override double Weight => label.Weight;

    internal override IReadOnlyList<string> Metrics => ["RMSE", "MAE"];

    internal override double Loss(ReadOnlySpan<float> outputs, float target, double scale, Span<float> gradients)
    {
        double error = outputs[0] - ((double)target - shape.Mean) / shape.Deviation, size = Math.Abs(error), delta = label.HuberDelta;
        var (loss, slope) = label.Loss switch
        {
            RegressionLoss.Squared => (error * error, 2 * error),
            RegressionLoss.Huber when size <= delta => (error * error / 2, error),
            RegressionLoss.Huber => (delta * (size - delta / 2), error > 0 ? delta : -delta),
            _ => (size, error > 0 ? 1.0 : error < 0 ? -1.0 : error),
        };
        if (!gradients.IsEmpty) gradients[0] = (float)(scale * slope);
        return loss;
    }

    internal override MetricCounter Count() => new Counter(shape);

    private sealed class Counter(RegressionLabelShape shape) : MetricCounter
    {
        private double _squares, _sizes, _total;

        internal override void Add(ReadOnlySpan<float> outputs, float label, float weight)
        {
            double error = (double)shape.InUnit(outputs[0]) - label;
            _squares += weight * error * error;
            _sizes += weight * Math.Abs(error);
            _total += weight;
        }

        internal override double[] Measure() => [Math.Sqrt(_squares / _total), _sizes / _total];
    }
}
