using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Embeddings;
using ReviewRecommendation;

namespace TorchTraining;

/// <summary>The network that both engines train: a GRU over the title and the body, which share a table, beside categories and a number.</summary>
internal static class ReviewNetwork
{
    /// <param name="mlContext">The context; <c>GpuDeviceId</c> of it says where torch trains.</param>
    /// <param name="backend">The engine: all that is different.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="seed">One seed draws the same first weights for both engines.</param>
    /// <param name="progress">Is told how far training is.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    internal static EstimatorChain<MultiEmbeddingTransformer> Create(
        MLContext mlContext, TrainingBackend backend, Settings settings, int seed, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        var text = mlContext.Transforms.Text;
        var categorical = mlContext.Transforms.Categorical;
        InputOutputColumnPair[] texts = [new("TitleKeys", nameof(Review.Title)), new("BodyKeys", nameof(Review.Body))];
        var words = SequenceEncoder.Gru(settings.Units);

        return text.IndexTokens(texts, new TokenIndexingOptions { MinCount = settings.MinCount, MaxLength = settings.MaxLength })
            .Append(categorical.IndexCategories("DepartmentKey", nameof(Review.Department)))
            .Append(categorical.IndexCategories("ClassKey", nameof(Review.Class)))
            .Append(mlContext.BinaryClassification.Trainers.MultiEmbedding(new MultiEmbeddingOptions
            {
                Backend = backend,
                LabelColumnName = nameof(Review.Recommended),
                Columns =
                [
                    .. texts.Select(pair => InputColumn.Sequence(pair.OutputColumnName, settings.Dimensions, words) with { Table = "Words" }),
                    InputColumn.Category("DepartmentKey"),
                    InputColumn.Category("ClassKey"),
                    InputColumn.Number(nameof(Review.Age)),
                ],
                HiddenUnits = settings.HiddenUnits,
                Regularization = new() { Dropout = settings.Dropout },
                BatchSize = settings.BatchSize,
                LearningRate = settings.LearningRate,
                MaxEpochs = settings.MaxEpochs,
                Patience = settings.MaxEpochs,
                Seed = seed,
                Progress = progress,
                CancellationToken = cancellationToken,
            }));
    }
}
