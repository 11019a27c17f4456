using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>What a decision threshold is chosen by. Of true and false positives and negatives: TP, FP, TN, FN.</summary>
public enum ThresholdMetric
{
    /// <summary>The harmonic mean of precision and recall, 2 TP / (2 TP + FP + FN).</summary>
    F1Score,

    /// <summary>The share of rows that are predicted right, (TP + TN) / all.</summary>
    Accuracy,

    /// <summary>The mean of the shares of each class, (TP / (TP + FN) + TN / (TN + FP)) / 2: Youden's J is twice that less 1.</summary>
    BalancedAccuracy,

    /// <summary>
    /// The correlation of label and prediction (Matthews 1975), (TP TN − FP FN) / √((TP + FP) (TP + FN) (TN + FP) (TN + FN)); 0 where one of these is 0.
    /// </summary>
    MatthewsCorrelation,
}

/// <summary>Finds the threshold of a binary label that a metric is highest with.</summary>
internal static class ThresholdSearch
{
    /// <summary>A scored row: its logit, whether it is positive, and its weight.</summary>
    internal readonly record struct Row(float Score, bool IsPositive, double Weight);

    /// <summary>Reads the rows of a view.</summary>
    /// <param name="scored">What the model made of the data.</param>
    /// <param name="label">Name of the label, which is Boolean there.</param>
    /// <param name="score">Name of the column of logits.</param>
    /// <param name="weight">Name of the column of weights; null where every row counts 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidOperationException">A weight is negative or no number.</exception>
    internal static List<Row> Read(IDataView scored, string label, string score, string? weight)
    {
        DataViewSchema.Column labels = scored.Schema.Find("label", label, "Give data that has the label, under this name."),
            scores = scored.Schema.Find("score", score);
        if (labels.Type is not BooleanDataViewType)
        {
            throw SchemaErrors.Mismatch("label", label, "Boolean", labels.Type.ToString()!, "Give the label as the model was trained on.");
        }
        DataViewSchema.Column[] weights = weight is null
            ? []
            : [scored.Schema.Find("example weight", weight, "Correct the name, or leave it out to count all rows alike.")];
        foreach (var (name, type) in weights.Select(column => (column.Name, InputType.Of(column))))
        {
            if (!type.IsWeight) throw SchemaErrors.Mismatch("example weight", name, "a number", type.Description, "Name a column of one number per row.");
        }

        List<Row> rows = [];
        using var cursor = scored.GetRowCursor([labels, scores, .. weights]);
        var (getLabel, getScore) = (cursor.GetGetter<bool>(labels), cursor.GetGetter<float>(scores));
        var getWeight = weights is [var given] ? NumberReading.Scalar(cursor, given) : () => 1;
        bool isPositive = false;
        float value = 0;
        while (cursor.MoveNext())
        {
            getLabel(ref isPositive);
            getScore(ref value);
            double counts = getWeight();
            if (!(counts >= 0) || double.IsInfinity(counts))
            {
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture, $"The weight '{weight}' is {counts} in row {cursor.Position}; give finite numbers of 0 or more."));
            }
            rows.Add(new Row(value, isPositive, counts));
        }
        return rows;
    }

    /// <summary>The best of all thresholds between two scores that follow each other; among equals the one nearest to one half.</summary>
    /// <exception cref="InvalidOperationException">There are not both positive and negative rows with a weight.</exception>
    internal static double Best(List<Row> rows, ThresholdMetric metric)
    {
        double positives = rows.Where(row => row.IsPositive).Sum(row => row.Weight), negatives = rows.Where(row => !row.IsPositive).Sum(row => row.Weight);
        if (!(positives > 0 && negatives > 0))
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"Of {rows.Count} rows, positive ones weigh {positives} and negative ones {negatives} together; a threshold is chosen by rows of both " +
                $"classes. Give data that has both."));
        }
        rows.Sort((one, other) => other.Score.CompareTo(one.Score));
        double truePositives = 0, falsePositives = 0, best = double.NegativeInfinity, chosen = 0.5;
        Consider(1);
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i].IsPositive) truePositives += rows[i].Weight;
            else falsePositives += rows[i].Weight;
            if (i + 1 == rows.Count) Consider(0);
            else if (rows[i + 1].Score < rows[i].Score && Between(rows[i + 1].Score, rows[i].Score) is { } threshold) Consider(threshold);
        }
        return chosen;

        void Consider(double threshold)
        {
            double value = Measure(metric, truePositives, falsePositives, negatives - falsePositives, positives - truePositives);
            if (value < best || (value == best && Math.Abs(threshold - 0.5) >= Math.Abs(chosen - 0.5))) return;
            (best, chosen) = (value, threshold);
        }
    }

    /// <summary>A probability between those of two logits; null where a double cannot tell it from theirs.</summary>
    private static double? Between(float low, float high)
    {
        double threshold = low <= 0 && high > 0 ? 0.5 : 1 / (1 + Math.Exp(-((double)low + high) / 2)), cut = BinaryLabelShape.CutOf(threshold);
        return low <= cut && cut < high ? threshold : null;
    }

    private static double Measure(ThresholdMetric metric, double tp, double fp, double tn, double fn) => metric switch
    {
        ThresholdMetric.F1Score => 2 * tp / (2 * tp + fp + fn),
        ThresholdMetric.Accuracy => (tp + tn) / (tp + fp + tn + fn),
        ThresholdMetric.BalancedAccuracy => (tp / (tp + fn) + tn / (tn + fp)) / 2,
        _ => Math.Sqrt(tp + fp) * Math.Sqrt(tp + fn) * Math.Sqrt(tn + fp) * Math.Sqrt(tn + fn) is > 0 and var scale ? (tp * tn - fp * fn) / scale : 0,
    };
}
