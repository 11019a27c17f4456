using Microsoft.ML;
using MLNet.Embeddings;

namespace TablePrediction;

/// <summary>What learns from customers. No column is named but the label: the others are read by their types and values.</summary>
internal static class IncomeTrainer
{
    internal static MultiEmbeddingTrainer Create(
        MLContext mlContext, Settings settings, IProgress<TrainingProgress> progress, CancellationToken cancellationToken) =>
        mlContext.BinaryClassification.Trainers.MultiEmbedding(new MultiEmbeddingOptions
        {
            LabelColumnName = nameof(Customer.HighIncome),
            Effort = settings.Effort,
            Progress = progress,
            CancellationToken = cancellationToken,
        });
}
