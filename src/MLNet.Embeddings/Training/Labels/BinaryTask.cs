using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Two classes: a Boolean label, which is never missing, or one of two values of any other type.</summary>
internal sealed class BinaryTask(BinaryLabel label) : LabelTask
{
    internal override BinaryLabel Label => label;

    internal override void CheckType(InputType type)
    {
        if (!type.IsVector && ValueClasses.CanRead(type)) return;
        throw SchemaErrors.Mismatch("label", label.Name, "Boolean, or two values of Text, a number type or a key", type.Description, type.IsVector
            ? VectorCure(type)
            : $"Convert it with mlContext.Transforms.Conversion.ConvertType(\"{label.Name}\", outputKind: DataKind.String) before the trainer.");
    }

    internal override BinaryLabelShape Promise(SchemaShape.Column column) =>
        new(label.Name, IsPlain(InputType.Of(column)) ? null : new ClassValues(ClassKind.String, [bool.FalseString, bool.TrueString]));

    internal override LabelReader Begin(DataViewSchema.Column column, LabelShape? previous) => IsPlain(InputType.Of(column))
        ? new BooleanReader(label)
        : new TwoValuesReader(label, column, (previous as BinaryLabelShape)?.Classes);

    /// <summary>Whether true and false mean what they say.</summary>
    private bool IsPlain(InputType type) => type.Item is BooleanDataViewType && label.PositiveLabel is null;

    private static BinaryObjective Learn(BinaryLabel label, ClassValues? classes, ClassCounts labels)
    {
        IReadOnlyList<string> names = classes?.Texts ?? [bool.FalseString, bool.TrueString];
        long positive = labels.Of(1), negative = labels.Of(0);
        if (positive == 0 || negative == 0)
        {
            string only = classes is null ? $"{(positive > 0 ? "true" : "false")}" : $"'{names[positive > 0 ? 1 : 0]}'";
            throw new InvalidOperationException(
                $"The label column '{label.Name}' is {only} in all {positive + negative} rows; two classes are needed to learn to " +
                "tell them apart. Check how the label is made, or give data with both classes.");
        }
        return new BinaryObjective(label, ClassWeighting.Of(label.ClassWeights, label.Name, names, labels), classes);
    }

    /// <summary>Reads a Boolean label.</summary>
    private sealed class BooleanReader(BinaryLabel label) : LabelReader(label.Name)
    {
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

        internal override BinaryObjective Learn(LabelStatistics labels) => BinaryTask.Learn(label, null, (ClassCounts)labels);

        internal override void CheckSame(DataViewSchema.Column validation)
        {
            if (validation.Type is BooleanDataViewType) return;
            throw new InvalidOperationException(
                $"The label column '{Name}' is Boolean in the training data and {validation.Type} in the validation data; they must agree. Load or convert " +
                "both in the same way.");
        }
    }

    /// <summary>Reads a label of two values.</summary>
    private sealed class TwoValuesReader(BinaryLabel label, DataViewSchema.Column column, ClassValues? known) : ScalarValueReader(column, known)
    {
        internal override BinaryObjective Learn(LabelStatistics labels) => BinaryTask.Learn(label, Classes, (ClassCounts)labels);

        private protected override IReadOnlyList<string> Order(IReadOnlyList<string> texts, ClassValues? before) =>
            TwoClasses.Order(label with { PositiveLabel = label.PositiveLabel ?? before?.Texts[1] }, texts);
    }
}

/// <summary>Two classes: binary cross-entropy of the logit.</summary>
/// <param name="label">The label.</param>
/// <param name="classWeights">Weights of the negative and of the positive class.</param>
/// <param name="classes">The values of these; null for false and true.</param>
internal sealed class BinaryObjective(BinaryLabel label, double[] classWeights, ClassValues? classes = null) : Objective
{
    internal override BinaryLabelShape Shape { get; } = new(label.Name, classes);

    internal override double Weight => label.Weight;

    internal override IReadOnlyList<string> Metrics => ["Accuracy", "AUC"];

    /// <remarks>
    /// Effectively computes ln(1 + eˢ) - y s for score s and label y, without large numbers in between; its gradient by s is 1 / (1 + e⁻ˢ) - y.
    /// </remarks>
    internal override double Loss(ReadOnlySpan<float> outputs, float target, double scale, Span<float> gradients)
    {
        double score = outputs[0], classWeight = classWeights[(int)target];
        double smooth = target + label.LabelSmoothing * (0.5 - target);
        double exponential = Math.Exp(-Math.Abs(score));
        if (!gradients.IsEmpty)
        {
            double probability = (score > 0 ? 1 : exponential) / (1 + exponential);
            gradients[0] = (float)(scale * classWeight * (probability - smooth));
        }
        return classWeight * (Math.Max(score, 0) - smooth * score + Math.Log(1 + exponential));
    }

    internal override MetricCounter Count() => new Counter();

    /// <summary>The area under the curve needs all scores.</summary>
    private sealed class Counter : MetricCounter
    {
        private readonly List<float> _scores = [], _labels = [], _weights = [];
        private readonly ExactSum _right = new(), _total = new();

        internal override void Add(ReadOnlySpan<float> outputs, float label, float weight)
        {
            _scores.Add(outputs[0]);
            _labels.Add(label);
            _weights.Add(weight);
            _total.Add(weight);
            if (outputs[0] > 0 == label > 0.5f) _right.Add(weight);
        }

        internal override double[] Measure() => [_right.Value / _total.Value, AreaUnderCurve.Of([.. _scores], [.. _labels], [.. _weights])];

        public override void Write(BinaryWriter writer)
        {
            Merging.Begin(writer, nameof(BinaryObjective));
            _right.Write(writer);
            _total.Write(writer);
            writer.Write7BitEncodedInt(_scores.Count);
            foreach (var values in (ReadOnlySpan<List<float>>)[_scores, _labels, _weights])
                writer.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(values)));
        }

        public override void Merge(BinaryReader reader) => Merging.Read(reader, nameof(BinaryObjective), () =>
        {
            _right.Merge(reader);
            _total.Merge(reader);
            int count = (int)Merging.ReadCount(reader, int.MaxValue / sizeof(float));
            foreach (var values in (ReadOnlySpan<List<float>>)[_scores, _labels, _weights])
                values.AddRange(MemoryMarshal.Cast<byte, float>(Merging.ReadBytes(reader, count * sizeof(float))));
        });
    }
}

/// <summary>The area under the ROC curve: how often a positive row scores above a negative one, an equal score counting half.</summary>
internal static class AreaUnderCurve
{
    /// <summary>The weighted area; NaN if all rows are of one class.</summary>
    internal static double Of(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        float[] ordered = scores.ToArray(), weightOf = weights.ToArray();
        int[] rows = [.. Enumerable.Range(0, ordered.Length)];
        Array.Sort(ordered, rows);

        double area = 0, negativesBelow = 0, positives = 0;
        for (int start = 0, end; start < rows.Length; start = end)
        {
            double negative = 0, positive = 0;
            for (end = start + 1; end < rows.Length && ordered[end].Equals(ordered[start]); end++) { }
            // Rows of one score come in any order, and sums go by it in their last digits.
            if (end - start > 1) rows.AsSpan(start, end - start).Sort((one, other) => weightOf[one].CompareTo(weightOf[other]));
            for (int i = start; i < end; i++)
            {
                if (labels[rows[i]] > 0.5f) positive += weights[rows[i]];
                else negative += weights[rows[i]];
            }
            area += positive * (negativesBelow + negative / 2);
            negativesBelow += negative;
            positives += positive;
        }
        return area / (positives * negativesBelow);
    }
}
