namespace MLNet.Embeddings;

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

    internal override double[] Measure(ReadOnlySpan<float> outputs, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        double squares = 0, sizes = 0, total = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            double error = (double)shape.InUnit(outputs[i]) - labels[i];
            squares += weights[i] * error * error;
            sizes += weights[i] * Math.Abs(error);
            total += weights[i];
        }
        return [Math.Sqrt(squares / total), sizes / total];
    }
}
