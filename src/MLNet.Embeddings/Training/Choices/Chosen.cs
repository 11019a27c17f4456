namespace MLNet.Embeddings;

/// <summary>Settings of training for those that were left out.</summary>
internal sealed record Chosen
{
    internal RegularizationOptions Regularization { get; init; } = new();

    internal int MaxEpochs { get; init; } = 50;

    internal double LearningRate { get; init; } = 0.001;

    internal LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant();

    internal int? BatchSize { get; init; }
}
