namespace MLNet.Embeddings;

/// <summary>How far a fit is.</summary>
public sealed record TrainingProgress
{
    /// <summary>Number of the epoch at hand, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Most epochs there will be.</summary>
    public required int MaxEpochs { get; init; }

    /// <summary>Steps done in this epoch.</summary>
    public required int Step { get; init; }

    /// <summary>Steps of an epoch.</summary>
    public required int Steps { get; init; }

    /// <summary>Mean training loss of this epoch so far.</summary>
    public required double TrainingLoss { get; init; }

    /// <summary>Time until the end of this epoch's steps, at the pace so far.</summary>
    public required TimeSpan EpochRemaining { get; init; }

    /// <summary>Time until the end of the fit, at the pace so far, if no early stop comes before.</summary>
    public required TimeSpan Remaining { get; init; }

    /// <summary>The result of the epoch when this report ends it; null within an epoch.</summary>
    public EpochResult? Completed { get; init; }
}
