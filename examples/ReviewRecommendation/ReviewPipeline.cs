using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Embeddings;

namespace ReviewRecommendation;

/// <summary>The road from a review to a recommendation: words and categories become keys, keys become vectors, vectors a decision.</summary>
internal static class ReviewPipeline
{
    internal static EstimatorChain<MultiEmbeddingTransformer> Create(
        MLContext mlContext, Settings settings, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        var text = mlContext.Transforms.Text;
        var categorical = mlContext.Transforms.Categorical;
        var categories = new CategoryIndexingOptions { MinCount = settings.MinCount };

        return text.IndexTokens("TitleKeys", nameof(Review.Title), TokensOf(settings.Title, settings))
            .Append(text.IndexTokens("BodyKeys", nameof(Review.Body), TokensOf(settings.Body, settings)))
            .Append(categorical.IndexCategories("DivisionKey", nameof(Review.Division), categories))
            .Append(categorical.IndexCategories("DepartmentKey", nameof(Review.Department), categories))
            .Append(categorical.IndexCategories("ClassKey", nameof(Review.Class), categories))
            .Append(mlContext.BinaryClassification.Trainers.MultiEmbedding(new MultiEmbeddingOptions
            {
                LabelColumnName = nameof(Review.Recommended),
                Columns =
                [
                    InputColumn.Sequence("TitleKeys", settings.Title.Dimensions, SequenceEncoder.Gru(settings.Title.Units)),
                    InputColumn.Sequence("BodyKeys", settings.Body.Dimensions, SequenceEncoder.Gru(settings.Body.Units)),
                    InputColumn.Category("DivisionKey"),
                    InputColumn.Category("DepartmentKey"),
                    InputColumn.Category("ClassKey"),
                    InputColumn.Number(nameof(Review.Age), NumberEncoder.Standard()), // one that says little: a weight is enough
                ],
                HiddenUnits = settings.HiddenUnits,
                Regularization = settings.Regularization,
                BatchSize = settings.BatchSize,
                LearningRate = settings.LearningRate,
                MaxEpochs = settings.MaxEpochs,
                Patience = settings.Patience,
                Progress = progress,
                CancellationToken = cancellationToken,
            }));
    }

    private static TokenIndexingOptions TokensOf(TextSettings text, Settings settings) =>
        new() { MaxTerms = text.MaxTerms, MaxLength = text.MaxLength, MinCount = settings.MinCount };
}
