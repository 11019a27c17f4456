using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>What a report shows of a model, and how its making is followed and ended.</summary>
public sealed record ReportOptions
{
    /// <summary>Heading of the page. Null, the default: what is predicted.</summary>
    public string? Title { get; init; }

    /// <summary>
    /// A model fitted on the same rows, whose metrics are shown next to the model's. Null, the default: a constant prediction,
    /// the most frequent class or the mean of the test rows.
    /// </summary>
    public ITransformer? Baseline { get; init; }

    /// <summary>What the page calls the baseline. Null, the default: "Baseline", or what the constant prediction is.</summary>
    public string? BaselineName { get; init; }

    /// <summary>
    /// The label, of a model that is not one of this library. Null, the default: what a model of this library was trained to predict, and
    /// ML.NET's own name, "Label", for others. Of a model of several labels, the one to report on; null for the first.
    /// </summary>
    public string? LabelColumnName { get; init; }

    /// <summary>How many of the rows that are predicted worst are shown with their explanation, at most 100. 10 by default, 0 for none.</summary>
    public int WorstRows { get; init; } = 10;

    /// <summary>
    /// The most rows on which the importance of columns is measured, spread over the test data. 2,000 by default: each column takes several passes
    /// over them.
    /// </summary>
    public int ImportanceRows { get; init; } = 2000;

    /// <summary>Told what is being done. Null, the default, for nobody.</summary>
    public IProgress<ReportProgress>? Progress { get; init; }

    /// <summary>Ends the making of the report; no file is left.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>What cannot be used, one sentence each.</summary>
    internal IEnumerable<string> Faults()
    {
        if (WorstRows is < 0 or > 100) yield return $"{nameof(WorstRows)} is {WorstRows}; it must be between 0 and 100.";
        if (ImportanceRows < 1) yield return $"{nameof(ImportanceRows)} is {ImportanceRows}; it must be at least 1.";
        if (BaselineName is not null && string.IsNullOrWhiteSpace(BaselineName)) yield return $"{nameof(BaselineName)} is empty; give one, or leave it null.";
    }
}
