using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Robustness;

/// <summary>Whether the metrics of a history are those of the model, computed here from its scores of the validation rows.</summary>
internal static class HistoryCheck
{
    internal static IEnumerable<string> Problems(MLContext context, RandomCase tried, ITransformer model)
    {
        if (tried is not RandomColumns columns || columns.Validation is not { } validation || model is not MultiEmbeddingTransformer fitted) yield break;
        var history = fitted.History;
        var said = fitted.Model is { Networks.Count: 1, Wide: null } ? history.Epochs[history.BestEpoch - 1].Metrics : history.HeldOutMetrics;
        var scored = model.Transform(validation);
        float[] weights = columns.Options.ExampleWeightColumnName is { } weight
            ? [.. scored.GetColumn<float>(weight)]
            : [.. Enumerable.Repeat(1f, (int)validation.GetRowCount()!)];
        // Held-out rows were scored by another wide part, near the one of the model: its classes differ in rows where two are about as likely.
        bool isNear = fitted.Model.Wide is not null;
        double rowsApart = isNear ? 2 * weights.Max() / weights.Sum() : 0;
        foreach (var metric in said)
        {
            int dot = metric.Name.IndexOf('.', StringComparison.Ordinal);
            var label = columns.Options.Labels.Single(label => label.Name == metric.Name[..dot]);
            double tolerance = (isNear ? 0.05 : 1e-3) + (metric.Name.EndsWith(".Accuracy", StringComparison.Ordinal) ? rowsApart : 0);
            if (Measure(scored, label, metric.Name[(dot + 1)..], weights) is { } computed && Differ(metric.Value, computed, tolerance))
                yield return $"{metric.Name} of the history is {metric.Value}, and {computed} of the scores.";
        }
    }

    internal static bool Differ(double left, double right, double tolerance) =>
        !(Math.Abs(left - right) <= tolerance * Math.Max(1, Math.Abs(left))) && !(double.IsNaN(left) && double.IsNaN(right));

    /// <summary>A metric by its definition; null where none is given here.</summary>
    private static double? Measure(IDataView scored, LabelColumn label, string metric, float[] weights)
    {
        return (label, metric) switch
        {
            (BinaryLabel, "Accuracy") => Mean(Pairs<bool, bool>("PredictedLabel"), _ => false, pair => pair.First == pair.Second ? 1 : 0),
            (MulticlassLabel, "Accuracy") => Mean(Pairs<uint, uint>("PredictedLabel"), truth => truth == 0, pair => pair.First == pair.Second ? 1 : 0),
            (RegressionLabel, "MAE") => Mean(Pairs<float, float>("Score"), float.IsNaN, pair => Math.Abs((double)pair.First - pair.Second)),
            (RegressionLabel, "RMSE") => Math.Sqrt(Mean(Pairs<float, float>("Score"), float.IsNaN, pair => Math.Pow((double)pair.First - pair.Second, 2))),
            _ => null,
        };

        (TLabel First, TScore Second)[] Pairs<TLabel, TScore>(string score) =>
            [.. scored.GetColumn<TLabel>(label.Name).Zip(scored.GetColumn<TScore>($"{label.Name}.{score}"))];

        double Mean<TLabel, TScore>((TLabel First, TScore Second)[] pairs, Predicate<TLabel> isMissing, Func<(TLabel First, TScore Second), double> value)
        {
            double sum = 0, total = 0;
            foreach (var (pair, weight) in pairs.Zip(weights))
            {
                if (isMissing(pair.First)) continue;
                sum += weight * value(pair);
                total += weight;
            }
            return sum / total;
        }
    }
}
