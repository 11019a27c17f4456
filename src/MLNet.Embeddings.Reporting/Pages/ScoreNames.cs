using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>The task of a model and the names of the columns that it made of a label.</summary>
/// <param name="Task">What is predicted.</param>
/// <param name="Label">Name of the label; of sequences, of the output.</param>
/// <param name="Score">Name of the column of scores.</param>
/// <param name="Probability">Name of the column of the probability of the positive class; null where there is none.</param>
/// <param name="PredictedLabel">Name of the column of the prediction.</param>
internal sealed record ScoreNames(ReportTask Task, string Label, string Score, string? Probability, string PredictedLabel)
{
    private const string TargetTokens = ".TargetTokens";

    /// <summary>All columns that a report reads of scored rows.</summary>
    internal string[] All(DataViewSchema schema) =>
        [.. new[] { Label, Score, Probability, PredictedLabel }.OfType<string>().Where(name => schema.GetColumnOrNull(name) is not null).Distinct()];

    /// <param name="scored">Schema of scored rows.</param>
    /// <param name="label">Name of the label.</param>
    /// <exception cref="ArgumentException">The label is missing, or the model has no scores of a task that can be reported on.</exception>
    internal static ScoreNames Of(DataViewSchema scored, string label)
    {
        if (scored.Select(column => column.Name).FirstOrDefault(IsTarget) is { } target)
        {
            string output = target[..^TargetTokens.Length];
            return new(ReportTask.Sequence, output, output, null, output);
        }
        if (scored.GetColumnOrNull(label) is null)
        {
            var known = scored.Where(column => !column.IsHidden && KindOf(column) is null).Select(column => $"'{column.Name}'");
            throw new ArgumentException(
                $"The test data have no label column '{label}'; they have {string.Join(", ", known)}. Give rows with it, or name it in LabelColumnName.");
        }
        string prefix = scored.GetColumnOrNull($"{label}.Score") is { } own && KindOf(own) is not null ? $"{label}." : "";
        string? kind = scored.GetColumnOrNull($"{prefix}Score") is { } score ? KindOf(score) : null;
        return new ScoreNames(TaskOf(kind), label, $"{prefix}Score",
            scored.GetColumnOrNull($"{prefix}Probability") is null ? null : $"{prefix}Probability", $"{prefix}PredictedLabel");
    }

    /// <summary>Whether an encoder-decoder has read the right outputs.</summary>
    internal static bool HasTargets(DataViewSchema scored) => scored.Any(column => IsTarget(column.Name));

    private static bool IsTarget(string column) => column.EndsWith(TargetTokens, StringComparison.Ordinal);

    private static ReportTask TaskOf(string? kind) => kind switch
    {
        "BinaryClassification" => ReportTask.Binary,
        "MulticlassClassification" => ReportTask.Multiclass,
        "Regression" or "Recommender" => ReportTask.Regression,
        "MultiLabelClassification" => ReportTask.Set,
        _ => throw new ArgumentException(
            $"A report is on a model that predicts one of two classes, one of many, a set, a number or a sequence; the model's column Score is " +
            $"{(kind is null ? "missing" : $"of kind {kind}")}. Give a model that ends in a trainer of such a task."),
    };

    private static string? KindOf(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull("ScoreColumnKind")?.Type is not TextDataViewType) return null;
        ReadOnlyMemory<char> text = default;
        column.Annotations.GetValue("ScoreColumnKind", ref text);
        return text.ToString();
    }
}
