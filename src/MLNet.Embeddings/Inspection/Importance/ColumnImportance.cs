using System.Globalization;

namespace MLNet.Embeddings;

/// <summary>How much worse a model measures when it cannot rely on a column.</summary>
/// <param name="Column">Name of the input column.</param>
/// <param name="Mean">Mean loss of quality over the repeats: positive where the column helps, whether the metric is better high or low.</param>
/// <param name="Deviation">Standard deviation over the repeats; 0 for one repeat.</param>
/// <param name="Repeats">The loss of quality of each repeat.</param>
public sealed record ColumnImportance(string Column, double Mean, double Deviation, IReadOnlyList<double> Repeats)
{
    /// <inheritdoc cref="ColumnImportance" path="/param[@name='Repeats']"/>
    public IReadOnlyList<double> Repeats { get; init => field = ValueList.Of(value); } = ValueList.Of(Repeats);

    /// <summary>The column with its mean and deviation.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Column}: {Mean:0.####} ± {Deviation:0.####}");
}

/// <summary>How much a model relies on each of its input columns.</summary>
/// <param name="LabelColumnName">The label.</param>
/// <param name="Metric">The metric: the name of a property of ML.NET's metrics of the task.</param>
/// <param name="Value">The metric of the data as it is.</param>
/// <param name="Columns">The columns, the most important first.</param>
public sealed record ColumnImportances(string LabelColumnName, string Metric, double Value, IReadOnlyList<ColumnImportance> Columns)
{
    /// <inheritdoc cref="ColumnImportances" path="/param[@name='Columns']"/>
    public IReadOnlyList<ColumnImportance> Columns { get; init => field = ValueList.Of(value); } = ValueList.Of(Columns);
}

/// <summary>How column importance is measured.</summary>
public sealed record ColumnImportanceOptions
{
    /// <summary>The label. Null, the default, for that of the model's last multi-embedding step with one label; to be named for other trainers.</summary>
    public string? LabelColumnName { get; init; }

    /// <summary>
    /// The name of a property of ML.NET's metrics of the task, such as <c>nameof(BinaryClassificationMetrics.F1Score)</c>. Null, the default, for
    /// AreaUnderRocCurve of a binary label or an anomaly, LogLoss of a multiclass one and RootMeanSquaredError of a number; of a set of labels MicroF1, or
    /// ExactMatch.
    /// </summary>
    public string? Metric { get; init; }

    /// <summary>How often each column is shuffled anew; 5 by default, as in scikit-learn's permutation_importance.</summary>
    public int Repeats { get; init; } = 5;

    /// <summary>At most so many rows are taken, the first ones; 10,000 by default. Their columns are held in memory.</summary>
    public int MaxRows { get; init; } = 10_000;

    /// <summary>Seed of the shuffling; 1 by default.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Takes the share of the work that is done, from 0 to 1; null for none. It is called from several threads, one at a time.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>Ends the work with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>What cannot be used, a sentence each.</summary>
    internal IEnumerable<string> Faults()
    {
        if (Repeats is < 1 or > 1_000) yield return $"Repeats must be from 1 to 1000; it was {Repeats}.";
        if (MaxRows < 2) yield return $"MaxRows must be at least 2; it was {MaxRows}.";
    }
}
