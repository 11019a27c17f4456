using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Ours: columns named by kind and the library's defaults. All that the suite asks of the library stands here.</summary>
internal static class SuiteModel
{
    /// <returns>What the library cannot do of what was asked; null if it can do all.</returns>
    internal static string? Fault(SuiteArguments arguments) =>
        arguments.Effort is not null ? "The library has no efforts yet: leave --effort out." :
        arguments.Unnamed ? "The library needs columns that are named: leave --unnamed out." : null;

    /// <summary>What takes raw rows and gives <c>Score</c> and <c>PredictedLabel</c>.</summary>
    internal static IEstimator<ITransformer> Of(MLContext context, SuiteSet set)
    {
        var chain = new EstimatorChain<ITransformer>();
        foreach (string text in set.Texts) chain = chain.Append<ITransformer>(context.Transforms.Text.IndexTokens(text));
        foreach (string category in set.Categories) chain = chain.Append<ITransformer>(context.Transforms.Categorical.IndexCategories(category));
        var options = new MultiEmbeddingOptions
        {
            LabelColumnName = set.Label,
            Columns =
            [
                .. set.Texts.Select(name => InputColumn.Sequence(name)),
                .. set.Categories.Select(name => InputColumn.Category(name)),
                .. set.Numbers.Select(name => InputColumn.Number(name)),
            ],
            Seed = 1,
        };
        return set.Task switch
        {
            BinarySuiteTask => chain.Append(context.BinaryClassification.Trainers.MultiEmbedding(options)),
            RegressionSuiteTask => chain.Append(context.Regression.Trainers.MultiEmbedding(options)),
            _ => chain.Append<ITransformer>(context.Transforms.Conversion.MapValueToKey(set.Label))
                .Append(context.MulticlassClassification.Trainers.MultiEmbedding(options)),
        };
    }
}
