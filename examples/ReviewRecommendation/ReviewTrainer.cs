using Microsoft.ML;
using MLNet.Embeddings;

namespace ReviewRecommendation;

/// <summary>What learns from reviews: columns as they stand in the file, named by kind. All else is chosen by the data.</summary>
internal static class ReviewTrainer
{
    internal static MultiEmbeddingTrainer Create(
        MLContext mlContext, Settings settings, IProgress<TrainingProgress> progress, CancellationToken cancellationToken) =>
        mlContext.BinaryClassification.Trainers.MultiEmbedding(new MultiEmbeddingOptions
        {
            LabelColumnName = nameof(Review.Recommended),
            Columns =
            [
                InputColumn.Text(nameof(Review.Title)),
                InputColumn.Text(nameof(Review.Body)),
                InputColumn.Category(nameof(Review.Division)),
                InputColumn.Category(nameof(Review.Department)),
                InputColumn.Category(nameof(Review.Class)),
                InputColumn.Number(nameof(Review.Age)),
            ],
            Effort = settings.Effort,
            Progress = progress,
            CancellationToken = cancellationToken,
        });
}
