using Microsoft.ML;
using MLNet.Embeddings;

namespace DateNormalization;

/// <summary>From a written date to a normalized one: both are read and written character by character.</summary>
internal static class DatePipeline
{
    internal static SequenceToSequenceEstimator Create(
        MLContext mlContext, Settings settings, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        var characters = new TokenIndexingOptions { Split = TokenSplit.Character };
        return mlContext.Transforms.Text.SequenceToSequence(
            nameof(NormalizedDate.Normalized), nameof(WrittenDate.Written), nameof(WrittenDate.Date), new SequenceToSequenceOptions
            {
                SourceTokens = characters,
                TargetTokens = characters,
                SourceDimensions = settings.Dimensions,
                TargetDimensions = settings.Dimensions,
                Units = settings.Units,
                Decoding = new() { Alternatives = settings.Alternatives },
                Regularization = settings.Regularization,
                BatchSize = settings.BatchSize,
                LearningRate = settings.LearningRate,
                MaxEpochs = settings.MaxEpochs,
                Progress = progress,
                CancellationToken = cancellationToken,
            });
    }
}
