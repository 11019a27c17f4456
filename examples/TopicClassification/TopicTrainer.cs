using Microsoft.ML;
using MLNet.Embeddings;

namespace TopicClassification;

/// <summary>What learns from issues: two texts and the name of the area, as they stand in the file. All else is chosen by the data.</summary>
internal static class TopicTrainer
{
    internal static MultiEmbeddingTrainer Create(
        MLContext mlContext, Settings settings, IProgress<TrainingProgress> progress, CancellationToken cancellationToken) =>
        mlContext.MulticlassClassification.Trainers.MultiEmbedding(new MultiEmbeddingOptions
        {
            LabelColumnName = nameof(Issue.Area),
            Columns = [InputColumn.Text(nameof(Issue.Title)), InputColumn.Text(nameof(Issue.Description))],
            Effort = settings.Effort,
            Progress = progress,
            CancellationToken = cancellationToken,
        });
}
