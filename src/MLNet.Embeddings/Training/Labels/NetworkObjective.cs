namespace MLNet.Embeddings;

/// <summary>What a network trains for with all its labels: the sum of their losses, each times the weight of its label.</summary>
/// <param name="Labels">The labels, in the order of the network's outputs.</param>
/// <param name="NamesLabels">True if the names of metrics begin with that of their label.</param>
internal sealed record NetworkObjective(IReadOnlyList<Objective> Labels, bool NamesLabels)
{
    /// <summary>Outputs of the network per row.</summary>
    internal int Outputs { get; } = Labels.Sum(label => label.Shape.Outputs);

    /// <summary>The loss that training makes small: a <see cref="BatchLoss"/>. A missing label adds nothing.</summary>
    internal double Loss(ReadOnlySpan<float> scores, RowBatch batch, int firstRow, Span<float> gradients)
    {
        double sum = 0;
        int start = 0, rows = scores.Length / Outputs;
        gradients.Clear();
        for (int i = 0; i < Labels.Count; i++)
        {
            var objective = Labels[i];
            int outputs = objective.Shape.Outputs;
            for (int row = 0; row < rows; row++)
            {
                float label = batch.Labels[i][firstRow + row];
                if (float.IsNaN(label)) continue;
                double weight = objective.Weight * batch.Weights[firstRow + row];
                var place = new Range(row * Outputs + start, row * Outputs + start + outputs);
                sum += weight * objective.Loss(scores[place], label, weight / batch.RowCount, gradients.IsEmpty ? [] : gradients[place]);
            }
            start += outputs;
        }
        return sum;
    }
}
