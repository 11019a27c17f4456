using System.Numerics.Tensors;

namespace MLNet.Embeddings;

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
        double logSum = LogSumExp.Of(outputs), smoothing = label.LabelSmoothing, share = smoothing / outputs.Length;
        if (!gradients.IsEmpty)
        {
            double factor = scale * classWeights[truth];
            for (int i = 0; i < outputs.Length; i++) gradients[i] = (float)(factor * (Math.Exp(outputs[i] - logSum) - share));
            gradients[truth] -= (float)(factor * (1 - smoothing));
        }
        return classWeights[truth] * (logSum - (1 - smoothing) * outputs[truth] - share * TensorPrimitives.Sum(outputs));
    }

    internal override double[] Measure(ReadOnlySpan<float> outputs, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        double[] right = new double[shape.ClassCount], total = new double[shape.ClassCount];
        for (int i = 0; i < labels.Length; i++)
        {
            int truth = (int)labels[i];
            total[truth] += weights[i];
            if (TensorPrimitives.IndexOfMax(outputs.Slice(i * shape.ClassCount, shape.ClassCount)) == truth) right[truth] += weights[i];
        }
        return [right.Sum() / total.Sum(), right.Zip(total).Where(one => one.Second > 0).Average(one => one.First / one.Second)];
    }
}
