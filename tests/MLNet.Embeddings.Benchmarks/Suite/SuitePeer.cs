using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Text;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>What ML.NET itself offers for a set.</summary>
/// <param name="Name">Its name, as in <c>sets.txt</c> where it stands there.</param>
/// <param name="Suits">Which sets it is for.</param>
/// <param name="Fit">Trains it on raw rows.</param>
internal sealed record SuitePeer(string Name, Func<SuiteSet, bool> Suits, Func<MLContext, SuiteSet, IDataView, ITransformer> Fit)
{
    /// <summary>What a linear model may learn of tables: scikit-learn's C, by which those of <c>sets.txt</c> come out alike.</summary>
    private const float TableFreedom = 1;

    /// <summary>What parts words, beside white space.</summary>
    private static readonly char[] Separators = [.. " \t.,;:!?\"'()[]{}<>/\\|-_=+*&^%$#@~`"];

    /// <summary>ML.NET's defaults on one-hot columns, numbers as they are and <c>FeaturizeText</c>.</summary>
    internal static SuitePeer LightGbm { get; } = new("LightGbm", set => set.HasPeers, (context, set, training) =>
        Features(context, set, TextFeatures.Featurized, scaled: false).Append(set.Task.LightGbm(context)).Fit(training));

    /// <summary>More trees, on tables, stopped by a tenth of the rows.</summary>
    internal static SuitePeer StrongLightGbm { get; } = new("LightGbm-strong", set => set.Texts.Length == 0, (context, set, training) =>
    {
        var features = Features(context, set, TextFeatures.None, scaled: false).Fit(training);
        var split = context.Data.TrainTestSplit(features.Transform(training), testFraction: 0.1, seed: 1);
        return features.Append(set.Task.FitStrongLightGbm(context, split.TrainSet, split.TestSet));
    });

    /// <summary>The baselines that a held-out fifth of a training file is judged beside.</summary>
    internal static SuitePeer[] All { get; } =
    [
        LightGbm,
        StrongLightGbm,
        new("gbm-notext", set => set.Texts.Length > 0 && set.HasTable, (context, set, training) =>
            Features(context, set, TextFeatures.None, scaled: false).Append(set.Task.LightGbm(context)).Fit(training)),
        new("linear", set => set.HasPeers, (context, set, training) =>
            Features(context, set, TextFeatures.Featurized, scaled: true).AppendCacheCheckpoint(context).Append(set.Task.Linear(context)).Fit(training)),
        new("onehot-linear", set => set.Texts.Length == 0, (context, set, training) => Linear(context, set, training, TextFeatures.None)),
        new("tfidf-linear", set => set.HasPeers && set.Texts.Length > 0, (context, set, training) => Linear(context, set, training, TextFeatures.Words)),
        new("tfidf-char", set => set.HasPeers && set.Texts.Length > 0, (context, set, training) => Linear(context, set, training, TextFeatures.Characters)),
    ];

    private enum TextFeatures
    {
        /// <summary>Texts are left out.</summary>
        None,

        /// <summary>By <c>FeaturizeText</c> with its defaults.</summary>
        Featurized,

        /// <summary>TF-IDF of words and pairs.</summary>
        Words,

        /// <summary>TF-IDF of one to four characters.</summary>
        Characters,
    }

    private static TransformerChain<ITransformer> Linear(MLContext context, SuiteSet set, IDataView training, TextFeatures reading)
    {
        float freedom = reading == TextFeatures.None ? TableFreedom : set.Task.TextFreedom;
        float l2 = 1 / (freedom * training.GetRowCount()!.Value);
        return Features(context, set, reading, scaled: true).AppendCacheCheckpoint(context).Append(set.Task.Linear(context, l2)).Fit(training);
    }

    private static EstimatorChain<ITransformer> Features(MLContext context, SuiteSet set, TextFeatures reading, bool scaled)
    {
        var chain = set.Task.Prepare(context);
        string[] texts = reading == TextFeatures.None ? [] : set.Texts;
        foreach (string text in texts) chain = chain.Append(Text(context, text, reading));
        if (set.Categories.Length > 0) chain = chain.Append<ITransformer>(context.Transforms.Categorical.OneHotEncoding(Pairs(set.Categories)));
        if (scaled && set.Numbers.Length > 0)
        {
            chain = chain.Append<ITransformer>(context.Transforms.ReplaceMissingValues(Pairs(set.Numbers), MissingValueReplacingEstimator.ReplacementMode.Mean))
                .Append<ITransformer>(context.Transforms.NormalizeMeanVariance(Pairs(set.Numbers), fixZero: false));
        }
        return chain.Append<ITransformer>(context.Transforms.Concatenate(SuiteTask.Features, [.. texts, .. set.Categories, .. set.Numbers]));
    }

    private static IEstimator<ITransformer> Text(MLContext context, string name, TextFeatures reading)
    {
        if (reading == TextFeatures.Featurized) return context.Transforms.Text.FeaturizeText(name);
        var lower = context.Transforms.Text.NormalizeText(name);
        IEstimator<ITransformer> keys = reading == TextFeatures.Words
            ? lower.Append(context.Transforms.Text.TokenizeIntoWords(name, name, Separators)).Append(context.Transforms.Conversion.MapValueToKey(name))
            : lower.Append(context.Transforms.Text.TokenizeIntoCharactersAsKeys(name, name));
        int longest = reading == TextFeatures.Words ? 2 : 4;
        return keys.Append(context.Transforms.Text.ProduceNgrams(name, name, longest, weighting: NgramExtractingEstimator.WeightingCriteria.TfIdf))
            .Append(context.Transforms.NormalizeLpNorm(name));
    }

    private static InputOutputColumnPair[] Pairs(string[] names) => [.. names.Select(name => new InputOutputColumnPair(name))];
}
