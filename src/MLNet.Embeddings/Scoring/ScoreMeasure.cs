using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Measures scored rows by a metric of ML.NET's evaluator of the task.</summary>
/// <param name="Metric">Name of the metric.</param>
/// <param name="IsLoss">Whether a smaller value is a better one.</param>
/// <param name="Evaluate">The metrics of scored rows.</param>
internal sealed record ScoreMeasure(string Metric, bool IsLoss, Func<IDataView, object> Evaluate)
{
    private const string ScoreKind = "ScoreColumnKind", ValueKind = "ScoreValueKind";

    private static readonly HashSet<string> Losses =
    [
        nameof(MulticlassClassificationMetrics.LogLoss), nameof(RegressionMetrics.MeanAbsoluteError), nameof(RegressionMetrics.MeanSquaredError),
        nameof(RegressionMetrics.RootMeanSquaredError), nameof(RegressionMetrics.LossFunction), nameof(CalibratedBinaryClassificationMetrics.Entropy),
    ];

    /// <param name="mlContext">The context.</param>
    /// <param name="scored">Scored rows.</param>
    /// <param name="label">Name of the label.</param>
    /// <param name="prefix">What the names of its score columns begin with.</param>
    /// <param name="metric">Name of the metric; null for that of the task.</param>
    /// <exception cref="ArgumentException">The task has no such metric, or none that can be measured.</exception>
    internal static ScoreMeasure Of(MLContext mlContext, IDataView scored, string label, string prefix, string? metric)
    {
        var columns = scored.Schema.Where(column => !column.IsHidden && ScoreColumn.IsScore(column) && column.Name.StartsWith(prefix, StringComparison.Ordinal))
            .GroupBy(column => Text(column, ValueKind) ?? column.Name).ToDictionary(kind => kind.Key, kind => kind.Last());
        // Of stacked models, the last.
        string task = columns.Values.OrderBy(column => column.Index).Select(column => Text(column, ScoreKind)).LastOrDefault(kind => kind is not null) ?? "";
        string Name(string kind) => columns.TryGetValue(kind, out var column) ? column.Name : prefix + kind;
        var (type, usual, evaluate) = task switch
        {
            "BinaryClassification" when columns.ContainsKey("Probability") => (typeof(CalibratedBinaryClassificationMetrics),
                nameof(BinaryClassificationMetrics.AreaUnderRocCurve), (Func<IDataView, object>)(view => mlContext.BinaryClassification.Evaluate(
                    view, label, Name("Score"), Name("Probability"), Name("PredictedLabel")))),
            "BinaryClassification" => (typeof(BinaryClassificationMetrics), nameof(BinaryClassificationMetrics.AreaUnderRocCurve),
                view => mlContext.BinaryClassification.EvaluateNonCalibrated(view, label, Name("Score"), Name("PredictedLabel"))),
            "MulticlassClassification" => (typeof(MulticlassClassificationMetrics), nameof(MulticlassClassificationMetrics.LogLoss),
                view => mlContext.MulticlassClassification.Evaluate(view, label, Name("Score"), Name("PredictedLabel"))),
            "MultiLabelClassification" => (typeof(SetMetrics), nameof(SetMetrics.MicroF1), view => SetMetrics.Of(view, label, Name("PredictedLabel"))),
            "AnomalyDetection" => (typeof(AnomalyDetectionMetrics), nameof(AnomalyDetectionMetrics.AreaUnderRocCurve),
                view => mlContext.AnomalyDetection.Evaluate(view, label, Name("Score"), Name("PredictedLabel"))),
            "Regression" or "Recommender" => (typeof(RegressionMetrics), nameof(RegressionMetrics.RootMeanSquaredError),
                view => mlContext.Regression.Evaluate(view, label, Name("Score"))),
            _ => throw new ArgumentException(
                $"There are metrics of models that predict one of two classes, one of many, a set, a number or an anomaly; the model's scores are " +
                $"{(task.Length == 0 ? "of no kind" : $"of kind {task}")}. Give a model that ends in a trainer of such a task."),
        };
        string[] known = [.. type.GetProperties().Where(property => property.PropertyType == typeof(double)).Select(property => property.Name)];
        string chosen = metric ?? usual;
        if (!known.Contains(chosen))
            throw new ArgumentException($"'{chosen}' is no metric of {type.Name}; it has {string.Join(", ", known)}.", nameof(metric));
        return new ScoreMeasure(chosen, Losses.Contains(chosen), evaluate);
    }

    /// <summary>The label of a model, and what the names of its score columns begin with.</summary>
    /// <param name="model">The model.</param>
    /// <param name="asked">The label; null for the only one of its last multi-embedding step.</param>
    /// <exception cref="ArgumentException">None is named, and there is none or several.</exception>
    internal static (string Label, string Prefix) LabelOf(ITransformer model, string? asked)
    {
        var labels = model.Steps().OfType<MultiEmbeddingTransformer>().LastOrDefault()?.Model.Shape;
        bool named = labels is { NamesLabels: true };
        if (asked is not null) return (asked, named && labels!.Labels.Any(one => one.Name == asked) ? $"{asked}." : "");
        if (labels?.Labels is [var only]) return (only.Name, named ? $"{only.Name}." : "");
        throw new ArgumentException(labels is null
            ? "The model has no multi-embedding step that knows its label. Name it in LabelColumnName."
            : $"The model has several labels, {string.Join(", ", labels.Labels.Select(one => $"'{one.Name}'"))}. Name one of them in LabelColumnName.");
    }

    /// <summary>Whether a value of the metric is better than another; NaN is worse than all.</summary>
    internal bool IsBetter(double value, double than) => double.IsNaN(than) ? !double.IsNaN(value) : IsLoss ? value < than : value > than;

    /// <summary>The metric of scored rows.</summary>
    internal double Of(IDataView scored)
    {
        object metrics = Evaluate(scored);
        return (double)metrics.GetType().GetProperty(Metric)!.GetValue(metrics)!;
    }

    private static string? Text(DataViewSchema.Column column, string annotation)
    {
        if (column.Annotations.Schema.GetColumnOrNull(annotation)?.Type is not TextDataViewType) return null;
        ReadOnlyMemory<char> text = default;
        column.Annotations.GetValue(annotation, ref text);
        return text.ToString();
    }
}
