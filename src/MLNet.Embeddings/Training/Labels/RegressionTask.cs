using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>A number of any type, whose NaN is missing.</summary>
internal sealed class RegressionTask(RegressionLabel label) : LabelTask
{
    internal override RegressionLabel Label => label;

    internal override bool HasClasses => false;

    internal override void CheckType(InputType type)
    {
        if (type is { IsVector: false, IsKey: false, Item: NumberDataViewType }) return;
        throw SchemaErrors.Mismatch("label", label.Name, "a number", type.Description, type switch
        {
            { IsVector: true } => VectorCure(type),
            { IsKey: true } => "Leave out the step that makes keys of it.",
            { IsDate: true } => "Make a number of it, such as days or hours, by a custom mapping before the trainer.",
            _ => $"Convert it with mlContext.Transforms.Conversion.ConvertType(\"{label.Name}\", outputKind: DataKind.Single) before the trainer.",
        });
    }

    internal override RegressionLabelShape Promise(SchemaShape.Column column) => new(label.Name, 0, 1);

    internal override LabelReader Begin(DataViewSchema.Column column, LabelShape? previous) => new Reader(label, column.Type.RawType == typeof(float));

    /// <summary>
    /// Reads numbers as their distance from the first one that there is, so that 32 bits hold what is far from 0 and close together; where rows are read in
    /// parts, from the least of all, which is the same in each. Those that have no more bits are read as they are.
    /// </summary>
    private sealed class Reader(RegressionLabel label, bool isSingle) : LabelReader(label.Name)
    {
        private readonly LeastValue? _least = isSingle ? null : new();
        private double? _origin = isSingle ? 0 : null;

        private protected override bool HasClasses => false;

        internal override Func<DataViewRow, Action>? PartCollector => _least is null ? null : row => _least.Open(row, row.Schema[Name]);

        internal override IMergeable? Collected => _least;

        internal override void Decide() => _origin ??= _least?.Value;

        internal override Func<float> Open(DataViewRow row, DataViewSchema.Column column)
        {
            var getter = NumberReading.Scalar(row, column);
            return () =>
            {
                double value = getter();
                if (double.IsNaN(value)) return float.NaN;
                if (!NumberScale.IsUsable(value))
                {
                    throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                        $"The label column '{Name}' holds {value} in row {row.Position}; a label must be finite and within the range of Single, or NaN where " +
                        $"it is missing. Replace the value, or filter the row out."));
                }
                return (float)(value - (_origin ??= value));
            };
        }

        internal override RegressionObjective Learn(LabelStatistics labels)
        {
            var numbers = ((LabelMoments)labels).Numbers;
            double origin = _origin ?? 0;
            if (numbers.Count == 0)
                throw new InvalidOperationException($"The label column '{Name}' is missing in all {labels.Rows} rows; training needs rows with a label.");
            float deviation = (float)numbers.Deviation;
            var shape = new RegressionLabelShape(Name, isSingle ? (float)numbers.Mean : origin + numbers.Mean, deviation > 0 ? deviation : 1);
            return new RegressionObjective(label, shape, origin);
        }
    }

    /// <summary>The least number of a label.</summary>
    private sealed class LeastValue : IMergeable
    {
        private double _value = double.PositiveInfinity;

        /// <summary>Null where there is no number.</summary>
        internal double? Value => double.IsFinite(_value) ? _value : null;

        internal Action Open(DataViewRow row, DataViewSchema.Column column)
        {
            var getter = NumberReading.Scalar(row, column);
            return () =>
            {
                if (getter() is var value && NumberScale.IsUsable(value)) _value = Math.Min(_value, value);
            };
        }

        public void Write(BinaryWriter writer)
        {
            Merging.Begin(writer, nameof(LeastValue));
            writer.Write(_value);
        }

        public void Merge(BinaryReader reader) => Merging.Read(reader, nameof(LeastValue), () => _value = Math.Min(_value, reader.ReadDouble()));
    }
}

/// <summary>A number: squared, absolute or Huber loss of the error in deviations of the label.</summary>
/// <param name="label">The label.</param>
/// <param name="shape">Its scale.</param>
/// <param name="origin">What rows' labels are told as their distance from.</param>
internal sealed class RegressionObjective(RegressionLabel label, RegressionLabelShape shape, double origin = 0) : Objective
{
    internal override RegressionLabelShape Shape => shape;

    internal override Objective Continue(LabelShape previous) =>
        previous is RegressionLabelShape measured ? new RegressionObjective(label, measured, origin) : this;

    internal override double Weight => label.Weight;

    internal override IReadOnlyList<string> Metrics => ["RMSE", "MAE"];

    internal override double Loss(ReadOnlySpan<float> outputs, float target, double scale, Span<float> gradients)
    {
        double error = outputs[0] - (target + (origin - shape.Mean)) / shape.Deviation, size = Math.Abs(error), delta = label.HuberDelta;
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

    internal override MetricCounter Count() => new Counter(shape, origin);

    private sealed class Counter(RegressionLabelShape shape, double origin) : MetricCounter
    {
        private readonly ExactSum _squares = new(), _sizes = new(), _total = new();

        internal override void Add(ReadOnlySpan<float> outputs, float label, float weight)
        {
            double error = (double)outputs[0] * shape.Deviation + (shape.Mean - origin) - label;
            _squares.Add(weight * error * error);
            _sizes.Add(weight * Math.Abs(error));
            _total.Add(weight);
        }

        internal override double[] Measure() => [Math.Sqrt(_squares.Value / _total.Value), _sizes.Value / _total.Value];

        public override void Write(BinaryWriter writer)
        {
            Merging.Begin(writer, nameof(RegressionObjective));
            foreach (var sum in (ReadOnlySpan<ExactSum>)[_squares, _sizes, _total]) sum.Write(writer);
        }

        public override void Merge(BinaryReader reader) => Merging.Read(reader, nameof(RegressionObjective), () =>
        {
            foreach (var sum in (ReadOnlySpan<ExactSum>)[_squares, _sizes, _total]) sum.Merge(reader);
        });
    }
}
