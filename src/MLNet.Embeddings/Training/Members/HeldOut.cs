using System.Globalization;

namespace MLNet.Embeddings;

/// <summary>Measures a model on rows that were held out.</summary>
internal static class HeldOut
{
    /// <summary>Room for what models give for rows that they have not seen: (rows, outputs), NaN for no scores.</summary>
    /// <exception cref="InvalidOperationException">An array cannot hold so many.</exception>
    internal static float[] Scores(int rows, int outputs)
    {
        if ((long)rows * outputs > Array.MaxLength)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"There would be {(long)rows * outputs:N0} scores of held-out rows, {outputs:N0} for each of {rows:N0} rows; at most " +
                $"{Array.MaxLength:N0} can be in memory. Train on fewer rows, or give fewer classes or labels."));
        }
        float[] scores = new float[rows * outputs];
        Array.Fill(scores, float.NaN);
        return scores;
    }

    /// <param name="objective">What was learned.</param>
    /// <param name="labels">Labels and weights of all rows.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="networks">What networks gave for rows that they had not seen: (rows of the table, outputs).</param>
    /// <param name="wide">What a wide part gave; null without one.</param>
    /// <param name="mixture">What counts how much; null without a wide part.</param>
    internal static IReadOnlyList<MetricValue> Measure(
        NetworkObjective objective, RowBatch labels, int[] rows, float[] networks, float[]? wide = null, IReadOnlyList<MixtureWeights>? mixture = null)
    {
        if (rows.Length == 0) return [];
        int outputs = objective.Outputs;
        LabelShape[] shapes = [.. objective.Labels.Select(label => label.Shape)];
        float[] scores = new float[rows.Length * outputs], others = new float[outputs];
        for (int i = 0; i < rows.Length; i++)
        {
            var row = scores.AsSpan(i * outputs, outputs);
            networks.AsSpan(rows[i] * outputs, outputs).CopyTo(row);
            if (wide is null) continue;
            wide.AsSpan(rows[i] * outputs, outputs).CopyTo(others);
            Mixture.Mix(shapes, mixture!, row, others);
        }
        var metrics = new NetworkMetrics(objective);
        metrics.Add(scores, new RowBatch([], [.. labels.Labels.Select(values => Array.ConvertAll(rows, row => values[row]))],
            Array.ConvertAll(rows, row => labels.Weights[row])));
        return metrics.Measure();
    }
}
