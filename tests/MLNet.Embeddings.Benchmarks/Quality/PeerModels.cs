using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>What ML.NET itself offers for a data set.</summary>
internal static class PeerModels
{
    /// <summary>LightGBM with its own defaults, on categories as one-hot columns and numbers as they are.</summary>
    internal static IEstimator<ITransformer> LightGbm(MLContext context, QualitySet set) => set.Task.Prepare(context)
        .Append(context.Transforms.Categorical.OneHotEncoding([.. set.Categories.Select(name => new InputOutputColumnPair(name))]))
        .Append(context.Transforms.Concatenate(QualityTask.Features, [.. set.Categories, .. set.Numbers]))
        .Append(set.Task.LightGbm(context));

    /// <summary>A linear model with its own defaults, on what <c>FeaturizeText</c> makes of texts, one-hot columns and standardised numbers.</summary>
    internal static IEstimator<ITransformer> Linear(MLContext context, QualitySet set)
    {
        var chain = new EstimatorChain<ITransformer>().Append(set.Task.Prepare(context));
        foreach (string text in set.Texts) chain = chain.Append<ITransformer>(context.Transforms.Text.FeaturizeText(text));
        foreach (string category in set.Categories) chain = chain.Append<ITransformer>(context.Transforms.Categorical.OneHotEncoding(category));
        foreach (string number in set.Numbers) chain = chain.Append<ITransformer>(context.Transforms.NormalizeMeanVariance(number));
        return chain.Append<ITransformer>(context.Transforms.Concatenate(QualityTask.Features, [.. set.Texts, .. set.Categories, .. set.Numbers]))
            .AppendCacheCheckpoint(context)
            .Append(set.Task.Linear(context));
    }
}
