using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Many classes: a key label, whose key 0 is missing, or values of another type, whose classes come in the order of the values.</summary>
internal sealed class MulticlassTask(MulticlassLabel label) : LabelTask
{
    internal override MulticlassLabel Label => label;

    internal override void CheckType(InputType type)
    {
        if (!type.IsVector && ValueClasses.CanRead(type)) return;
        throw SchemaErrors.Mismatch("label", label.Name, "Key, Text, Boolean or a number type", type.Description, type.IsVector
            ? VectorCure(type)
            : $"Make keys of its values with mlContext.Transforms.Conversion.MapValueToKey(\"{label.Name}\") before the trainer.");
    }

    internal override MulticlassLabelShape Promise(SchemaShape.Column column) => new(label.Name, ClassCount: 1, KeyClasses.Promise(column));

    internal override LabelReader Begin(DataViewSchema.Column column, LabelShape? previous) => column.Type is KeyDataViewType
        ? new KeysReader(label, KeyClasses.Of(column))
        : new ValuesReader(label, column, (previous as MulticlassLabelShape)?.Classes);

    private static MulticlassObjective Learn(MulticlassLabel label, KeyClasses classes, ClassCounts labels)
    {
        int present = labels.Classes.Count();
        if (present < 2)
        {
            throw new InvalidOperationException(
                $"The label column '{label.Name}' has {(present == 0 ? "no class" : "one class only")} in {labels.Rows} rows; two classes are needed to " +
                "learn to tell them apart. Check how the label is made, or give data with more classes.");
        }
        var shape = new MulticlassLabelShape(label.Name, classes.Count, classes.Values);
        return new MulticlassObjective(label, shape, ClassWeighting.Of(label.ClassWeights, label.Name, classes.Names, labels));
    }

    /// <summary>Reads a key label.</summary>
    private sealed class KeysReader(MulticlassLabel label, KeyClasses classes) : LabelReader(label.Name)
    {
        internal override LabelSource Source => base.Source with
        {
            ReasonToLeaveOut = $"label '{Name}' is missing, or a value that the step which makes its keys does not know: fit that step on rows of all classes",
        };

        internal override Func<float> Open(DataViewRow row, DataViewSchema.Column column)
        {
            // To ML.NET a key outside its range is a missing one.
            var getter = KeyReading.Scalar(row, column, keyCount: int.MaxValue);
            return () => getter() is > 0 and var key && key <= classes.Count ? key - 1 : float.NaN;
        }

        internal override MulticlassObjective Learn(LabelStatistics labels) =>
            MulticlassTask.Learn(label, classes, (ClassCounts)labels);

        internal override void CheckSame(DataViewSchema.Column validation) => classes.RequireSame(validation);
    }

    /// <summary>Reads a label of values that are no keys.</summary>
    private sealed class ValuesReader(MulticlassLabel label, DataViewSchema.Column column, ClassValues? known) : ScalarValueReader(column, known)
    {
        internal override MulticlassObjective Learn(LabelStatistics labels) =>
            MulticlassTask.Learn(label, new KeyClasses(Name, Classes.Texts.Count, Classes), (ClassCounts)labels);

        private protected override IReadOnlyList<string> Order(IReadOnlyList<string> texts, ClassValues? before) => texts;
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
        /// <summary>Of each class that was met, the weights of its rows, and of those that were told right.</summary>
        private readonly SortedDictionary<int, (ExactSum Total, ExactSum Right)> _classes = [];

        internal override void Add(ReadOnlySpan<float> outputs, float label, float weight)
        {
            int truth = (int)label;
            var sums = SumsOf(truth);
            sums.Total.Add(weight);
            if (TensorPrimitives.IndexOfMax(outputs) == truth) sums.Right.Add(weight);
        }

        /// <summary>NaN where no row has the label, as among the validation rows of a network of several labels.</summary>
        internal override double[] Measure()
        {
            ExactSum right = new(), total = new();
            foreach (var sums in _classes.Values)
            {
                right.Add(sums.Right);
                total.Add(sums.Total);
            }
            var ofClasses = _classes.Values.Select(sums => sums.Right.Value / sums.Total.Value).Where(double.IsFinite);
            return [right.Value / total.Value, ofClasses.DefaultIfEmpty(double.NaN).Average()];
        }

        public override void Write(BinaryWriter writer)
        {
            Merging.Begin(writer, nameof(MulticlassObjective));
            writer.Write7BitEncodedInt(_classes.Count);
            foreach (var (number, sums) in _classes)
            {
                writer.Write7BitEncodedInt(number);
                sums.Total.Write(writer);
                sums.Right.Write(writer);
            }
        }

        public override void Merge(BinaryReader reader) => Merging.Read(reader, nameof(MulticlassObjective), () =>
        {
            for (long left = Merging.ReadCount(reader, classes); left > 0; left--)
            {
                var sums = SumsOf((int)Merging.ReadCount(reader, classes - 1));
                sums.Total.Merge(reader);
                sums.Right.Merge(reader);
            }
        });

        private (ExactSum Total, ExactSum Right) SumsOf(int number)
        {
            if (!_classes.TryGetValue(number, out var sums)) _classes.Add(number, sums = (new(), new()));
            return sums;
        }
    }
}
