namespace MLNet.Embeddings;

/// <summary>Settings of training for those that were left out.</summary>
internal sealed record Chosen
{
    internal required RegularizationOptions Regularization { get; init; }

    internal required int MaxEpochs { get; init; }

    internal required double LearningRate { get; init; }

    internal required LearningRateSchedule Schedule { get; init; }

    internal required int BatchSize { get; init; }
}
