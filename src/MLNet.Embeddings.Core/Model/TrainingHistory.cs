namespace MLNet.Embeddings;

/// <summary>How a fit went, epoch by epoch. It is saved with the model.</summary>
public sealed record TrainingHistory
{
    /// <summary>Every epoch in order.</summary>
    public required IReadOnlyList<EpochResult> Epochs { get; init; }

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

    /// <summary>How much was found in files of pretrained vectors, for each table that begins with such.</summary>
    public IReadOnlyList<VectorCoverage> VectorCoverage { get; init; } = [];
}
