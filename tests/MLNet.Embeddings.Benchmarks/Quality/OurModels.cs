using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Ours: one setting of options per kind of data, chosen on rows held out of training files.</summary>
internal static class OurModels
{
    internal static IEstimator<ITransformer> Of(MLContext context, QualitySet set, Arguments arguments)
    {
        TextReading[] readings = !set.HasTexts ? [] : set.HasTable ? ReadingsBesideTables : ReadingsAlone;
        var options = !set.HasTexts ? Tables : set.HasTable ? TextsBesideTables : Texts;
        options = options with { Columns = [.. Columns(set, readings)], Labels = [set.Task.LearnedLabel], Seed = arguments.Seed };
        if (arguments.Quick) options = options with { MaxEpochs = 1 };

        var chain = new EstimatorChain<ITransformer>().Append(set.Task.Prepare(context));
        foreach (var reading in readings)
            chain = chain.Append<ITransformer>(context.Transforms.Text.IndexTokens(
                [.. set.Texts.Select(text => new InputOutputColumnPair(text + reading.Name, text))], reading.Tokens));
        foreach (string category in set.Categories) chain = chain.Append<ITransformer>(context.Transforms.Categorical.IndexCategories(category));
        return set.Beside is var (name, _) ? Both(context, chain, options, name) : chain.Append(set.Task.Ours(context, options));
    }

    /// <summary>One network for the label and a number beside it, whose scores of the label get their usual names.</summary>
    private static EstimatorChain<ITransformer> Both(MLContext context, EstimatorChain<ITransformer> chain, MultiEmbeddingOptions options, string beside)
    {
        chain = chain.Append<ITransformer>(context.MultiOutput().Trainers.MultiEmbedding(
            options with { Labels = [.. options.Labels, LabelColumn.Regression(beside)] }));
        foreach (string score in new[] { "Score", "PredictedLabel" })
            chain = chain.Append<ITransformer>(context.Transforms.CopyColumns(score, $"{QualityTask.Label}.{score}"));
        return chain;
    }

    private static MultiEmbeddingOptions Tables { get; } = new()
    {
        HiddenUnits = [256, 128],
        LearningRate = 0.003,
        Schedule = LearningRateSchedule.Cosine(),
        MaxEpochs = 25,
        Patience = 25,
        Regularization = new() { Dropout = 0.2, AveragingDecay = 0.99 },
    };

    private static MultiEmbeddingOptions Texts { get; } = new()
    {
        LearningRate = 0.005,
        Regularization = new() { Dropout = 0.5, UnknownDropout = 0.4, AveragingDecay = 0.99 },
    };

    private static TextReading[] ReadingsAlone { get; } =
    [
        new("Words", new() { MaxTerms = 50_000, MaxLength = 500 }, 64, SequenceEncoder.Attention()),
        new("Order", new() { MinCount = 2, MaxLength = 500 }, 32, SequenceEncoder.Gru(32, bidirectional: true, readout: GruReadout.Attention)),
    ];

    private static MultiEmbeddingOptions TextsBesideTables { get; } = new()
    {
        LearningRate = 0.005,
        Schedule = LearningRateSchedule.OneCycle(),
        MaxEpochs = 3,
        ValidationFraction = 0,
        Regularization = new() { Dropout = 0.3, UnknownDropout = 0.2, AveragingDecay = 0.99 },
    };

    private static TextReading[] ReadingsBesideTables { get; } =
    [
        new("Words", new() { MinCount = 2, MaxLength = 500 }, 32, SequenceEncoder.Gru(32, bidirectional: true, readout: GruReadout.Max)),
        new("Pairs", new() { NgramLength = 2, MinCount = 2, MaxTerms = 100_000, MaxLength = 500 }, 32, SequenceEncoder.Attention()),
    ];

    private static IEnumerable<InputColumn> Columns(QualitySet set, TextReading[] readings) =>
    [
        .. readings.SelectMany(reading => set.Texts.Select(text =>
            InputColumn.Sequence(text + reading.Name, reading.Dimensions, reading.Encoder) with { Table = reading.Name })),
        .. set.Categories.Select(name => InputColumn.Category(name)),
        .. set.Numbers.Select(name => InputColumn.Number(name)),
    ];
}
