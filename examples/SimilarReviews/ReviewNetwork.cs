using Microsoft.ML;
using MLNet.Embeddings;
using ReviewRecommendation;

namespace SimilarReviews;

/// <summary>A network that tells the product's class and the verdict from a review's texts: reviews that are near each other in it are alike in both.</summary>
internal static class ReviewNetwork
{
    internal static MultiEmbeddingTrainer Create(
        MLContext mlContext, Settings settings, IProgress<TrainingProgress> progress, CancellationToken cancellationToken) =>
        mlContext.MultiOutput().Trainers.MultiEmbedding(new MultiEmbeddingOptions
        {
            Labels = [LabelColumn.Binary(nameof(Review.Recommended)), LabelColumn.Multiclass(nameof(Review.Class))],
            Columns =
            [
                InputColumn.Text(nameof(Review.Title), encoder: SequenceEncoder.Attention()) with { Table = "Words" },
                InputColumn.Text(nameof(Review.Body), encoder: SequenceEncoder.Attention()) with { Table = "Words" },
            ],
            HiddenUnits = [32],
            MaxEpochs = settings.Epochs,
            Progress = progress,
            CancellationToken = cancellationToken,
        });
}
