namespace MLNet.Embeddings;

/// <summary>Two classes: binary cross-entropy of the logit.</summary>
/// <param name="label">The label.</param>
/// <param name="classWeights">Weights of the negative and of the positive class.</param>
internal sealed class BinaryObjective(BinaryLabel label, double[] classWeights) : Objective
{
    internal override BinaryLabelShape Shape { get; } = new(label.Name);

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

    internal override double[] Measure(ReadOnlySpan<float> outputs, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        double right = 0, total = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            total += weights[i];
            if (outputs[i] > 0 == labels[i] > 0.5f) right += weights[i];
        }
        return [right / total, AreaUnderCurve.Of(outputs, labels, weights)];
    }
}
