using Microsoft.ML;
using MLNet.Embeddings;

namespace Pronunciation;

/// <summary>From a spelling, letter by letter, to phonemes.</summary>
internal static class SpeechPipeline
{
    internal static SequenceToSequenceEstimator Create(
        MLContext mlContext, Settings settings, IProgress<TrainingProgress> progress, CancellationToken cancellationToken) =>
        mlContext.Transforms.Text.SequenceToSequence(nameof(SpokenWord.Spoken), nameof(Word.Spelling), nameof(Word.Phonemes), settings.Network with
        {
            Progress = progress,
            CancellationToken = cancellationToken,
        });
}
