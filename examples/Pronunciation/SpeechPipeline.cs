using Microsoft.ML;
using MLNet.Embeddings;

namespace Pronunciation;

/// <summary>From a spelling, letter by letter, to phonemes.</summary>
internal static class SpeechPipeline
{
    internal static SequenceToSequenceEstimator Create(
        MLContext mlContext, Settings settings, IProgress<TrainingProgress> progress, CancellationToken cancellationToken) =>
        mlContext.Transforms.Text.SequenceToSequence(nameof(SpokenWord.Spoken), nameof(Word.Spelling), nameof(Word.Phonemes), new SequenceToSequenceOptions
        {
            SourceTokens = new() { Split = TokenSplit.Character, Standardize = false },
            TargetTokens = new() { Split = TokenSplit.Whitespace, Standardize = false },
            SourceDimensions = settings.Dimensions,
            TargetDimensions = settings.Dimensions,
            Units = settings.Units,
            Decoding = new() { Alternatives = settings.Alternatives },
            Regularization = settings.Regularization,
            BatchSize = settings.BatchSize,
            LearningRate = settings.LearningRate,
            Schedule = LearningRateSchedule.OneCycle(),
            MaxEpochs = settings.MaxEpochs,
            Patience = settings.MaxEpochs,
            Progress = progress,
            CancellationToken = cancellationToken,
        });
}
