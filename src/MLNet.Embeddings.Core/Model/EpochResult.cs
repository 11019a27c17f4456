namespace MLNet.Embeddings;

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
    /// "Accuracy" and "AUC" of a binary label, "Accuracy" and "MacroAccuracy" (the mean of the classes' own) of a multiclass one, "RMSE" and "MAE" of a number, in its
    /// unit. Where names of score columns begin with that of their label, these do as well. Of an encoder-decoder that reads the right tokens before each step:
    /// "TokenAccuracy", the share of steps, ends included, whose right token it finds most probable; "ExactMatch", the share of rows for which it does so at all steps,
    /// which greedy search then decodes right; and "Perplexity", e to the power of the loss.
    /// </value>
    public IReadOnlyList<MetricValue> Metrics { get; init; } = [];

    /// <summary>Size of the epoch's last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Time that training and validation of the epoch took.</summary>
    public required TimeSpan Duration { get; init; }
}
