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
        for (int i = 0; i < Labels.Count; i++)
        {
            var objective = Labels[i];
            int outputs = objective.Shape.Outputs;
            for (int row = 0; row < rows; row++)
            {
                float label = batch.Labels[i][firstRow + row];
                var place = new Range(row * Outputs + start, row * Outputs + start + outputs);
                if (float.IsNaN(label))
                {
                    if (!gradients.IsEmpty) gradients[place].Clear();
                    continue;
                }
                // A label alone counts as it does: a factor would act through gradient clipping.
                double weight = (Labels.Count == 1 ? 1 : objective.Weight) * batch.Weights[firstRow + row];
                sum += weight * objective.Loss(scores[place], label, weight / batch.RowCount, gradients.IsEmpty ? [] : gradients[place]);
            }
            start += outputs;
        }
        return sum;
    }
}

/// <summary>Measures how good the outputs for rows are, batch by batch.</summary>
internal sealed class NetworkMetrics(NetworkObjective objective) : IMergeable
{
    private readonly MetricCounter[] _counters = [.. objective.Labels.Select(label => label.Count())];

    /// <param name="scores">The network's outputs: rows × outputs.</param>
    /// <param name="batch">The rows.</param>
    internal void Add(ReadOnlySpan<float> scores, RowBatch batch)
    {
        int start = 0;
        for (int i = 0; i < _counters.Length; i++)
        {
            int outputs = objective.Labels[i].Shape.Outputs;
            for (int row = 0; row < batch.RowCount; row++)
            {
                if (float.IsNaN(batch.Labels[i][row])) continue;
                _counters[i].Add(scores.Slice(row * objective.Outputs + start, outputs), batch.Labels[i][row], batch.Weights[row]);
            }
            start += outputs;
        }
    }

    /// <summary>The metrics of all labels over the rows.</summary>
    internal IReadOnlyList<MetricValue> Measure() =>
    [
        .. objective.Labels.SelectMany((label, i) => label.Metrics.Zip(_counters[i].Measure(), (name, value) =>
            new MetricValue(objective.NamesLabels ? $"{label.Shape.Name}.{name}" : name, value))),
    ];

    public void Write(BinaryWriter writer)
    {
        Merging.Begin(writer, nameof(NetworkMetrics));
        writer.Write7BitEncodedInt(_counters.Length);
        foreach (var counter in _counters) counter.Write(writer);
    }

    public void Merge(BinaryReader reader) => Merging.Read(reader, nameof(NetworkMetrics), () =>
    {
        Merging.Require(reader, _counters.Length, "labels");
        foreach (var counter in _counters) counter.Merge(reader);
    });
}
