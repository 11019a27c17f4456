using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Measures scored rows by ML.NET's evaluators.</summary>
internal static class ModelMetrics
{
    /// <exception cref="ArgumentException">The task has no metrics for such rows.</exception>
    internal static IReadOnlyList<Metric> Of(MLContext context, IDataView scored, ScoreNames names) => names.Task switch
    {
        ReportTask.Binary => Binary(context.BinaryClassification, scored, names),
        ReportTask.Multiclass => Multiclass(context.MulticlassClassification.Evaluate(scored, names.Label, names.Score, names.PredictedLabel)),
        ReportTask.Regression => Regression(context.Regression.Evaluate(scored, names.Label, names.Score)),
        ReportTask.Set => Sets(scored, names),
        _ => Sequences(context.EvaluateSequences(scored, names.Label)),
    };

    private static Metric[] Binary(BinaryClassificationCatalog catalog, IDataView scored, ScoreNames names)
    {
        if (names.Probability is null) return Binary(catalog.EvaluateNonCalibrated(scored, names.Label, names.Score, names.PredictedLabel), double.NaN);
        var metrics = catalog.Evaluate(scored, names.Label, names.Score, names.Probability, names.PredictedLabel);
        return Binary(metrics, metrics.LogLoss);
    }

    private static Metric[] Binary(BinaryClassificationMetrics metrics, double logLoss) =>
    [
        new("Accuracy", MetricMeanings.Accuracy, false, metrics.Accuracy),
        new("Area under the ROC curve", MetricMeanings.RocArea, false, metrics.AreaUnderRocCurve),
        new("Area under precision-recall", MetricMeanings.PrecisionRecallArea, false, metrics.AreaUnderPrecisionRecallCurve),
        new("Precision", MetricMeanings.Precision, false, metrics.PositivePrecision),
        new("Recall", MetricMeanings.Recall, false, metrics.PositiveRecall),
        new("F1", MetricMeanings.F1, false, metrics.F1Score),
        new("Log-loss, bits", MetricMeanings.LogLoss, true, logLoss),
    ];

    private static Metric[] Multiclass(MulticlassClassificationMetrics metrics) =>
    [
        new("Accuracy", MetricMeanings.Accuracy, false, metrics.MicroAccuracy),
        new("Macro accuracy", MetricMeanings.MacroAccuracy, false, metrics.MacroAccuracy),
        new("Log-loss, nats", MetricMeanings.LogLoss, true, metrics.LogLoss),
    ];

    private static Metric[] Regression(RegressionMetrics metrics) =>
    [
        new("Mean absolute error", MetricMeanings.AbsoluteError, true, metrics.MeanAbsoluteError),
        new("Root mean squared error", MetricMeanings.SquaredError, true, metrics.RootMeanSquaredError),
        new("R²", MetricMeanings.Determination, false, metrics.RSquared),
    ];

    private static Metric[] Sets(IDataView scored, ScoreNames names)
    {
        long both = 0, either = 0, exact = 0, rows = 0;
        DataViewSchema.Column label = scored.Schema[names.Label], predicted = scored.Schema[names.PredictedLabel];
        using var cursor = scored.GetRowCursor([label, predicted]);
        Func<HashSet<string>> getRight = CellText.SetReader(cursor, label), getSaid = CellText.SetReader(cursor, predicted);
        for (; cursor.MoveNext(); rows++)
        {
            HashSet<string> right = getRight(), said = getSaid();
            either += right.Count + said.Count;
            both += right.Intersect(said).Count();
            if (right.SetEquals(said)) exact++;
        }
        return
        [
            new("Micro F1", MetricMeanings.MicroF1, false, either == 0 ? double.NaN : 2.0 * both / either),
            new("Exact match", MetricMeanings.ExactSet, false, (double)exact / rows),
        ];
    }

    private static Metric[] Sequences(SequenceMetrics metrics) =>
    [
        new("Exact match", MetricMeanings.ExactSequence, false, metrics.ExactMatch),
        new("Token accuracy", MetricMeanings.TokenAccuracy, false, metrics.TokenAccuracy),
        new("Token error rate", MetricMeanings.TokenErrorRate, true, metrics.TokenErrorRate),
        new("BLEU", MetricMeanings.Bleu, false, metrics.Bleu),
        new("Perplexity", MetricMeanings.Perplexity, true, metrics.Perplexity),
    ];
}

/// <summary>A measure of quality.</summary>
/// <param name="Name">Its name in the field.</param>
/// <param name="Meaning">What it says, in a few words.</param>
/// <param name="IsLoss">Whether a smaller value is a better one.</param>
/// <param name="Value">What it came to; NaN where it is not defined.</param>
internal sealed record Metric(string Name, string Meaning, bool IsLoss, double Value);
