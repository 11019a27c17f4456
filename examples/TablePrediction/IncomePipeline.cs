using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Embeddings;

namespace TablePrediction;

/// <summary>The road from a customer to a guess at the income: categories become keys, keys and numbers become vectors, vectors a decision.</summary>
internal static class IncomePipeline
{
    internal static EstimatorChain<MultiEmbeddingTransformer> Create(
        MLContext mlContext, Settings settings, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        IEstimator<ITransformer> keys = new EstimatorChain<ITransformer>();
        foreach (string category in Customer.Categories) keys = keys.Append(mlContext.Transforms.Categorical.IndexCategories(category));

        return keys.Append(mlContext.BinaryClassification.Trainers.MultiEmbedding(new MultiEmbeddingOptions
        {
            LabelColumnName = nameof(Customer.HighIncome),
            Columns =
            [
                .. Customer.Categories.Select(name => InputColumn.Category(name)),
                .. Customer.Numbers.Select(name => InputColumn.Number(name, settings.Numbers)),
            ],
            HiddenUnits = settings.HiddenUnits,
            EnsembleSize = settings.EnsembleSize,
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
