using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>The network over two texts: a title and a body, a GRU each, their last states side by side, one logit.</summary>
internal static class NetworkA
{
    // Terms and one key for the unknown.
    internal const int TitleKeys = 10_001, BodyKeys = 20_001;
    internal const int TitleLength = 50, BodyLength = 300;
    internal const int TitleDimensions = 128, BodyDimensions = 256;
    internal const int TitleUnits = 64, BodyUnits = 128;

    /// <summary>The form of the network when both vocabularies are full.</summary>
    internal static NetworkShape Shape { get; } = new(
        [
            new SequenceShape(nameof(ReviewKeys.Title), TitleKeys, TitleDimensions, SequenceEncoder.Gru(TitleUnits)),
            new SequenceShape(nameof(ReviewKeys.Body), BodyKeys, BodyDimensions, SequenceEncoder.Gru(BodyUnits)),
        ],
        new HeadShape([]),
        Labels: [new BinaryLabelShape(nameof(Review.Label))]);

    /// <summary>The steps from text to keys, in columns of the same names.</summary>
    internal static IEstimator<ITransformer> Indexing(MLContext context)
    {
        var text = context.Transforms.Text;
        return text.IndexTokens(nameof(Review.Title), options: new TokenIndexingOptions { MaxTerms = TitleKeys - 1, MaxLength = TitleLength })
            .Append(text.IndexTokens(nameof(Review.Body), options: new TokenIndexingOptions { MaxTerms = BodyKeys - 1, MaxLength = BodyLength }));
    }

    /// <summary>Trains for one epoch, without what the peers do not do either.</summary>
    internal static MultiEmbeddingTrainer Trainer(MLContext context, int batchSize) => Trainer(context, PlainOptions.OneEpoch(batchSize));

    /// <summary>Trains by settings of which the columns and layers are still missing.</summary>
    internal static MultiEmbeddingTrainer Trainer(MLContext context, MultiEmbeddingOptions options) =>
        Trainer(context, options, units => SequenceEncoder.Gru(units));

    /// <summary>The same with another encoder.</summary>
    /// <param name="context">The context.</param>
    /// <param name="options">Settings of which the columns and layers are still missing.</param>
    /// <param name="encoder">Makes an encoder of a number of units.</param>
    internal static MultiEmbeddingTrainer Trainer(MLContext context, MultiEmbeddingOptions options, Func<int, SequenceEncoder> encoder) =>
        context.BinaryClassification.Trainers.MultiEmbedding(options with
        {
            Columns =
            [
                InputColumn.Sequence(nameof(Review.Title), TitleDimensions, encoder(TitleUnits)),
                InputColumn.Sequence(nameof(Review.Body), BodyDimensions, encoder(BodyUnits)),
            ],
            HiddenUnits = [],
        });
}
