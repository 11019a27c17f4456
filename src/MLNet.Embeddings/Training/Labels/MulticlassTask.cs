using System.Globalization;
using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Many classes: a key label, whose key 0 is missing.</summary>
internal sealed class MulticlassTask(MulticlassLabel label) : LabelTask
{
    private const string KeyValues = "KeyValues";

    internal override MulticlassLabel Label => label;

    internal override void CheckType(InputType type)
    {
        if (type is { IsVector: false, IsKey: true }) return;
        throw SchemaErrors.Mismatch("label", label.Name, "Key", type.Description, type.IsVector
            ? "Give one label per row."
            : $"Make keys of its values with mlContext.Transforms.Conversion.MapValueToKey(\"{label.Name}\") before the trainer.");
    }

    internal override MulticlassLabelShape Promise(SchemaShape.Column column)
    {
        var values = column.Annotations.Where(annotation => annotation.Name == KeyValues).Select(annotation => ClassCodec.KindOf(annotation.ItemType))
            .FirstOrDefault();
        return new MulticlassLabelShape(label.Name, ClassCount: 1, values is { } kind ? ClassCodec.Of(kind).Any(kind) : null);
    }

    internal override Func<float> Open(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = KeyReading.Scalar(row, column, KeyReading.KeyCount(column));
        return () => getter() is > 0 and var key ? key - 1 : float.NaN;
    }

    internal override MulticlassObjective Learn(DataViewSchema.Column column, ReadOnlySpan<float> labels)
    {
        var shape = ShapeOf(column);
        int classes = labels.ToArray().Where(value => !float.IsNaN(value)).Distinct().Count();
        if (classes < 2)
        {
            throw new InvalidOperationException(
                $"The label column '{label.Name}' has {(classes == 0 ? "no class" : "one class only")} in {labels.Length} rows; two classes are needed to " +
                "learn to tell them apart. Check how the label is made, or give data with more classes.");
        }
        IReadOnlyList<string> names = shape.Classes?.Texts
            ?? [.. Enumerable.Range(1, shape.ClassCount).Select(key => key.ToString(CultureInfo.InvariantCulture))];
        return new MulticlassObjective(label, shape, ClassWeighting.Of(label.ClassWeights, label.Name, names, labels));
    }

    internal override void CheckSame(DataViewSchema.Column training, DataViewSchema.Column validation)
    {
        var (trained, validated) = (ShapeOf(training), ShapeOf(validation));
        if (trained.ClassCount == validated.ClassCount && (trained.Classes?.Texts ?? []).SequenceEqual(validated.Classes?.Texts ?? [])) return;
        throw new InvalidOperationException(
            $"The label column '{label.Name}' has other classes in the validation data ({validated.ClassCount}) than in the training data " +
            $"({trained.ClassCount}); they must agree. " +
            "Make the labels of both by the same fitted steps: fit those on the training data, then transform both with them.");
    }

    private MulticlassLabelShape ShapeOf(DataViewSchema.Column column)
    {
        int count = KeyReading.KeyCount(column);
        if (count > MulticlassLabelShape.MostClasses)
        {
            throw SchemaErrors.Mismatch("label", label.Name, $"at most {MulticlassLabelShape.MostClasses} classes", $"{count}",
                $"Make keys of its values with mlContext.Transforms.Conversion.MapValueToKey(\"{label.Name}\"), or predict a number with a regression " +
                "trainer.");
        }
        var values = column.Annotations.Schema.GetColumnOrNull(KeyValues)?.Type is VectorDataViewType vector && vector.Size == count
            && ClassCodec.KindOf(vector.ItemType) is { } kind
            ? new ClassValues(kind, ClassCodec.Of(kind).Read(column.Annotations, KeyValues))
            : null;
        return new MulticlassLabelShape(label.Name, count, values);
    }
}

/// <summary>Many classes: cross-entropy of the softmax.</summary>
/// <param name="label">The label.</param>
/// <param name="shape">Its classes.</param>
/// <param name="classWeights">A weight per class.</param>
internal sealed class MulticlassObjective(MulticlassLabel label, MulticlassLabelShape shape, double[] classWeights) : Objective
{
    internal override MulticlassLabelShape Shape => shape;

    internal override double Weight => label.Weight;

    internal override IReadOnlyList<string> Metrics => ["Accuracy", "MacroAccuracy"];

    /// <remarks>
    /// Computes log Σ eᶻ - Σ t z for outputs z and targets t, which are 1 - ε + ε / k for the label's class and ε / k for the other of k classes, with label
    /// smoothing ε; its gradient by z is softmax(z) - t.
    /// </remarks>
    internal override double Loss(ReadOnlySpan<float> outputs, float target, double scale, Span<float> gradients)
    {
        int truth = (int)target;
        double smoothing = label.LabelSmoothing, share = smoothing / outputs.Length, logSum = LogSumExp.Of(outputs);
        if (!gradients.IsEmpty)
        {
            double factor = scale * classWeights[truth];
            TensorPrimitives.Subtract(outputs, (float)logSum, gradients);
            TensorPrimitives.Exp(gradients, gradients);
            TensorPrimitives.Multiply(gradients, (float)factor, gradients);
            if (share > 0) TensorPrimitives.Subtract(gradients, (float)(factor * share), gradients);
            gradients[truth] -= (float)(factor * (1 - smoothing));
        }
        return classWeights[truth] * (logSum - (1 - smoothing) * outputs[truth] - share * TensorPrimitives.Sum(outputs));
    }

    internal override MetricCounter Count() => new Counter(shape.ClassCount);

    private sealed class Counter(int classes) : MetricCounter
    {
        private readonly double[] _right = new double[classes], _total = new double[classes];

        internal override void Add(ReadOnlySpan<float> outputs, float label, float weight)
        {
            int truth = (int)label;
            _total[truth] += weight;
            if (TensorPrimitives.IndexOfMax(outputs) == truth) _right[truth] += weight;
        }

        internal override double[] Measure() =>
            [_right.Sum() / _total.Sum(), _right.Zip(_total).Where(one => one.Second > 0).Average(one => one.First / one.Second)];
    }
}
