using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Embeddings;

namespace TopicClassification;

/// <summary>
/// The road from an issue to its area: words become keys, keys become vectors, those that tell most are weighed most, and become probabilities of areas.
/// </summary>
internal static class TopicPipeline
{
    internal const string Label = "AreaKey";

    internal static EstimatorChain<MultiEmbeddingTransformer> Create(
        MLContext mlContext, Settings settings, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        // Title and description share one vocabulary, and one table of vectors: a word of a title is known from descriptions.
        InputOutputColumnPair[] texts = [new("TitleKeys", nameof(Issue.Title)), new("DescriptionKeys", nameof(Issue.Description))];

        return mlContext.Transforms.Conversion.MapValueToKey(Label, nameof(Issue.Area))
            .Append(mlContext.Transforms.Text.IndexTokens(texts, settings.Tokens))
            .Append(mlContext.MulticlassClassification.Trainers.MultiEmbedding(new MultiEmbeddingOptions
            {
                Labels = [LabelColumn.Multiclass(Label) with { LabelSmoothing = settings.LabelSmoothing }],
                Columns = [.. texts.Select(text =>
                    InputColumn.Sequence(text.OutputColumnName, settings.Dimensions, SequenceEncoder.Attention()) with { Table = "Words" })],
                HiddenUnits = settings.HiddenUnits,
                Regularization = settings.Regularization,
                LearningRate = settings.LearningRate,
                BatchSize = settings.BatchSize,
                MaxEpochs = settings.MaxEpochs,
                Patience = settings.Patience,
                Progress = progress,
                CancellationToken = cancellationToken,
            }));
    }
}
