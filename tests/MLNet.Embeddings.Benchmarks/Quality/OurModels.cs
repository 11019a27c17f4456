using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Ours: one setting of options per kind of data, chosen on rows held out of training files.</summary>
internal static class OurModels
{
    /// <summary>The table of the words of all texts of a set.</summary>
    private const string Words = "words";

    internal static IEstimator<ITransformer> Of(MLContext context, QualitySet set, Arguments arguments)
    {
        var options = set.HasTexts ? Texts : Tables;
        options = options with { Columns = [.. Columns(set)], Labels = set.Task.Labels, Seed = arguments.Seed };
        if (arguments.Quick) options = options with { MaxEpochs = 1 };

        var chain = new EstimatorChain<ITransformer>().Append(set.Task.Prepare(context));
        if (set.HasTexts) chain = chain.Append<ITransformer>(context.Transforms.Text.IndexTokens([.. set.Texts.Select(name => new InputOutputColumnPair(name))], Tokens));
        foreach (string category in set.Categories) chain = chain.Append<ITransformer>(context.Transforms.Categorical.IndexCategories(category));
        return chain.Append(set.Task.Ours(context, options));
    }

    /// <summary>Categories and numbers.</summary>
    private static MultiEmbeddingOptions Tables { get; } = new()
    {
        HiddenUnits = [256, 128],
        LearningRate = 0.003,
        Schedule = LearningRateSchedule.Cosine(),
        MaxEpochs = 25,
        Patience = 25,
    };

    /// <summary>Texts, alone or with categories and numbers.</summary>
    private static MultiEmbeddingOptions Texts { get; } = new()
    {
        LearningRate = 0.005,
        BatchSize = 128,
        Regularization = new() { Dropout = 0.3, UnknownDropout = 0.1, AveragingDecay = 0.99 },
    };

    private static TokenIndexingOptions Tokens { get; } = new() { MinCount = 2, MaxLength = 500 };

    private static IEnumerable<InputColumn> Columns(QualitySet set) =>
    [
        .. set.Texts.Select(name => InputColumn.Sequence(name, encoder: SequenceEncoder.Gru(bidirectional: true, readout: GruReadout.Max)) with { Table = Words }),
        .. set.Categories.Select(name => InputColumn.Category(name)),
        .. set.Numbers.Select(name => InputColumn.Number(name)),
    ];
}
