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
    /// <param name="quick">Whether the network is smaller.</param>
    /// <param name="progress">Is told how far training is.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    internal static EstimatorChain<MultiEmbeddingTransformer> Create(
        MLContext mlContext, TrainingBackend backend, bool quick, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        InputOutputColumnPair[] texts = [new("TitleKeys", nameof(Review.Title)), new("BodyKeys", nameof(Review.Body))];
        var words = SequenceEncoder.Gru(quick ? 16 : 64);
        int epochs = quick ? 5 : 6;
        return mlContext.Transforms.Text.IndexTokens(texts, new TokenIndexingOptions { MinCount = 2, MaxLength = 100 })
            .Append(mlContext.Transforms.Categorical.IndexCategories("DepartmentKey", nameof(Review.Department)))
            .Append(mlContext.Transforms.Categorical.IndexCategories("ClassKey", nameof(Review.Class)))
            .Append(mlContext.BinaryClassification.Trainers.MultiEmbedding(new MultiEmbeddingOptions
            {
                Backend = backend,
                LabelColumnName = nameof(Review.Recommended),
                Columns =
                [
                    .. texts.Select(pair => InputColumn.Sequence(pair.OutputColumnName, quick ? 32 : 64, words) with { Table = "Words" }),
                    InputColumn.Category("DepartmentKey"),
                    InputColumn.Category("ClassKey"),
                    InputColumn.Number(nameof(Review.Age)),
                ],
                HiddenUnits = [64],
                Regularization = new() { Dropout = 0.2 },
                BatchSize = 64,
                LearningRate = 0.003,
                MaxEpochs = epochs,
                Patience = epochs, // all are trained, so that both engines take the same steps
                Seed = 1, // one seed draws the same first weights for both engines
                Progress = progress,
                CancellationToken = cancellationToken,
            }));
    }
}
