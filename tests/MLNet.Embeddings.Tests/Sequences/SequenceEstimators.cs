using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>Small estimators for rows of type <see cref="SumRow"/>.</summary>
internal static class SequenceEstimators
{
    internal static TokenIndexingOptions Characters { get; } = new() { Split = TokenSplit.Character, Standardize = false };

    /// <summary>A network that is trained in a second or less.</summary>
    internal static SequenceToSequenceOptions Tiny { get; } = new()
    {
        SourceTokens = Characters,
        TargetTokens = Characters,
        SourceDimensions = 8,
        TargetDimensions = 6,
        Units = 12,
        MaxEpochs = 2,
        BatchSize = 16,
        LearningRate = 0.001,
        Schedule = LearningRateSchedule.Constant(),
        Regularization = new() { Dropout = 0.1 },
        Decoding = new() { BeamWidth = 1 },
        NumberOfThreads = 2,
        Seed = 1,
    };

    internal static SequenceToSequenceEstimator Of(SequenceToSequenceOptions options) =>
        new MLContext(1).Transforms.Text.SequenceToSequence("Answer", nameof(SumRow.Sum), nameof(SumRow.Result), options);

    internal static SequenceToSequenceTransformer Fit(SequenceToSequenceOptions options, params SumRow[] rows) => Of(options).Fit(SumRow.View(rows));
}
