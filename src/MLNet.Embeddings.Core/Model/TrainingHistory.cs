using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>How a fit went, epoch by epoch. It is saved with the model.</summary>
public sealed record TrainingHistory
{
    /// <summary>Every epoch in order.</summary>
    public required IReadOnlyList<EpochResult> Epochs { get; init => field = ValueList.Of(value); }

    /// <summary>Number of the epoch whose weights the model has: the one of least validation loss, or the last one without validation rows.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>Why the fit ended.</summary>
    public required StopReason StopReason { get; init; }

    /// <summary>Number of rows trained on.</summary>
    public required int TrainingRows { get; init; }

    /// <summary>Number of rows validated on; they were not trained on.</summary>
    public required int ValidationRows { get; init; }

    /// <summary>Number of rows left out because their label is missing.</summary>
    public required int SkippedRows { get; init; }

    /// <summary>The settings of the fit as JSON, those that were left out as they were chosen; null in models of versions that did not keep them.</summary>
    public string? Settings { get; init; }

    /// <summary>How the fit of each network went, where a model has several; <see cref="Epochs"/> are then those of the first.</summary>
    public IReadOnlyList<TrainingHistory> Networks { get; init => field = ValueList.Of(value); } = ValueList.Of<TrainingHistory>([]);

    /// <summary>
    /// What is measured of the whole model over the held-out rows, each scored by what had not seen it; empty without them, and for a single network without
    /// a wide part, whose <see cref="Epochs"/> say it.
    /// </summary>
    public IReadOnlyList<MetricValue> HeldOutMetrics { get; init => field = ValueList.Of(value); } = ValueList.Of<MetricValue>([]);

    /// <summary>
    /// What the fit warned of, in sentences that also went to the context's log: what was left out or cut off, with its share and the cure, and settings
    /// without effect. Empty in models of versions that did not keep it.
    /// </summary>
    public IReadOnlyList<string> Warnings { get; init => field = ValueList.Of(value); } = ValueList.Of<string>([]);

    /// <summary>How much was found in files of pretrained vectors, for each table that begins with such.</summary>
    public IReadOnlyList<VectorCoverage> VectorCoverage { get; init => field = ValueList.Of(value); } = ValueList.Of<VectorCoverage>([]);

    /// <summary>
    /// What each column of the training rows was like; <c>mlContext.CompareData</c> tells later data from it. Empty for encoder-decoders, and in models of
    /// versions that did not keep it.
    /// </summary>
    public IReadOnlyList<ColumnStatistics> Data { get; init => field = ValueList.Of(value); } = ValueList.Of<ColumnStatistics>([]);

    /// <summary>How workers shared the training; null where one process trained.</summary>
    public RoundHistory? Rounds { get; init; }
}

/// <summary>What one pass over the training data came to.</summary>
public sealed record EpochResult
{
    /// <summary>Number of the epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Mean loss over the training rows, weighted by their example weights, measured while the weights change and with dropout.</summary>
    public required double TrainingLoss { get; init; }

    /// <summary>Mean loss over the validation rows after the epoch; null without validation rows.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>What is measured over the validation rows after the epoch; empty without validation rows.</summary>
    /// <value>
    /// "Accuracy" and "AUC" of a binary label, "Accuracy" and "MacroAccuracy" (the mean of the classes' own) of a multiclass one, "RMSE" and "MAE" of a number,
    /// in its unit; of a set "MicroF1", 2 TP / (2 TP + FP + FN) over all labels of all rows, and "ExactMatch", the share of rows whose set is predicted as it
    /// is. Where names of score columns begin with that of their label, these do as well. Of an encoder-decoder that reads the right tokens before
    /// each step: "TokenAccuracy", the share of steps, ends included, whose right token it finds most probable; "ExactMatch", the share of rows for which it
    /// does so at all steps, which greedy search then decodes right; and "Perplexity", e to the power of the loss.
    /// </value>
    public IReadOnlyList<MetricValue> Metrics { get; init => field = ValueList.Of(value); } = ValueList.Of<MetricValue>([]);

    /// <summary>Size of the epoch's last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Time that training and validation of the epoch took.</summary>
    public required TimeSpan Duration { get; init; }
}

/// <summary>A measure of quality and what it came to.</summary>
/// <param name="Name">Its name, such as "Accuracy".</param>
/// <param name="Value">What it came to; NaN where it is not defined, as the AUC over rows of one class.</param>
public sealed record MetricValue(string Name, double Value);

/// <summary>Why a fit ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StopReason>))]
public enum StopReason
{
    /// <summary>All epochs were trained.</summary>
    MaxEpochsReached,

    /// <summary>The validation loss had not improved for as many epochs as the patience allows.</summary>
    NoImprovement,

    /// <summary>The fit was cancelled; the model is the best of the epochs that were validated before.</summary>
    Cancelled,
}

/// <summary>How much of what a column reads was found in a file of pretrained vectors.</summary>
public sealed record VectorCoverage
{
    /// <summary>Name of the column, or of the table that several columns share.</summary>
    public required string Table { get; init; }

    /// <summary>Number of terms: the values of the keys, without the one that stands for unknown values.</summary>
    public required int Terms { get; init; }

    /// <summary>Number of terms that have a vector of the file.</summary>
    public required int FoundTerms { get; init; }

    /// <summary>How many keys the training rows hold, unknown ones included, missing ones left out: tokens of sequences, values of categories.</summary>
    public required long Occurrences { get; init; }

    /// <summary>How many of those have a vector of the file.</summary>
    public required long FoundOccurrences { get; init; }
}
