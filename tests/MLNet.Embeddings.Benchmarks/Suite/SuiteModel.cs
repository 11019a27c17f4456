using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Ours: raw columns named by kind, or none named, and the library's defaults. All that the suite asks of the library stands here.</summary>
internal static class SuiteModel
{
    /// <summary>What takes raw rows and gives <c>Score</c> and <c>PredictedLabel</c>.</summary>
    internal static IEstimator<ITransformer> Of(MLContext context, SuiteSet set, SuiteArguments arguments)
    {
        var options = new MultiEmbeddingOptions
        {
            LabelColumnName = set.Label,
            Columns = arguments.Unnamed
                ? []
                :
                [
                    .. set.Texts.Select(name => InputColumn.Text(name)),
                    .. set.Categories.Select(name => InputColumn.Category(name)),
                    .. set.Numbers.Select(name => InputColumn.Number(name)),
                ],
            Effort = arguments.Effort is { } effort ? Enum.Parse<TrainingEffort>(effort, ignoreCase: true) : TrainingEffort.Normal,
            Seed = 1,
        };
        return set.Task switch
        {
            BinarySuiteTask => context.BinaryClassification.Trainers.MultiEmbedding(options),
            RegressionSuiteTask => context.Regression.Trainers.MultiEmbedding(options),
            MulticlassSuiteTask => context.MulticlassClassification.Trainers.MultiEmbedding(options),
            _ => context.MultiOutput().Trainers.MultiEmbedding(options with { Labels = [LabelColumn.Set(set.Label)] }),
        };
    }
}
