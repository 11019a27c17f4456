namespace MLNet.Embeddings;

/// <summary>Collects outputs and labels of rows, to measure how good the outputs are.</summary>
internal sealed class ScoredRows(NetworkObjective objective)
{
    private readonly List<float>[] _outputs = [.. objective.Labels.Select(_ => new List<float>())];
    private readonly List<float>[] _labels = [.. objective.Labels.Select(_ => new List<float>())];
    private readonly List<float>[] _weights = [.. objective.Labels.Select(_ => new List<float>())];

    /// <param name="scores">The network's outputs: rows × outputs.</param>
    /// <param name="batch">The rows.</param>
    internal void Add(ReadOnlySpan<float> scores, RowBatch batch)
    {
        int start = 0;
        for (int i = 0; i < _labels.Length; i++)
        {
            int outputs = objective.Labels[i].Shape.Outputs;
            for (int row = 0; row < batch.RowCount; row++)
            {
                if (float.IsNaN(batch.Labels[i][row])) continue;
                _outputs[i].AddRange(scores.Slice(row * objective.Outputs + start, outputs));
                _labels[i].Add(batch.Labels[i][row]);
                _weights[i].Add(batch.Weights[row]);
            }
            start += outputs;
        }
    }

    /// <summary>The metrics of all labels over the rows.</summary>
    internal IReadOnlyList<MetricValue> Measure() =>
    [
        .. objective.Labels.SelectMany((label, i) =>
            label.Metrics.Zip(label.Measure([.. _outputs[i]], [.. _labels[i]], [.. _weights[i]]), (name, value) =>
                new MetricValue(objective.NamesLabels ? $"{label.Shape.Name}.{name}" : name, value))),
    ];
}
