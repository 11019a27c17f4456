using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>The network over a table: two look-ups and a number, a dense layer of 64, one logit.</summary>
internal static class NetworkB
{
    // Values and one key for the unknown.
    internal const int GenderKeys = 4, LocationKeys = 101;
    internal const int GenderDimensions = 8, LocationDimensions = 16;
    internal const int HiddenUnits = 64;

    /// <summary>The form of the network.</summary>
    internal static NetworkShape Shape { get; } = new(
        [
            new CategoryShape(nameof(TableRow.Gender), GenderKeys, GenderDimensions),
            new CategoryShape(nameof(TableRow.Location), LocationKeys, LocationDimensions),
            new NumberShape(nameof(TableRow.Age), Size: 1, MissingIndicator: false),
        ],
        new HeadShape([HiddenUnits]),
        Labels: [new BinaryLabelShape(nameof(TableRow.Label))]);

    /// <summary>Trains for one epoch, without what the peers do not do either.</summary>
    internal static MultiEmbeddingTrainer Trainer(MLContext context, int batchSize) => Trainer(context, PlainOptions.OneEpoch(batchSize));

    /// <summary>Trains by settings of which the columns and layers are still missing.</summary>
    internal static MultiEmbeddingTrainer Trainer(MLContext context, MultiEmbeddingOptions options) =>
        context.BinaryClassification.Trainers.MultiEmbedding(Complete(options));

    /// <summary>The network with one of <see cref="ClassRow.ClassCount"/> classes as its label, by the same settings.</summary>
    internal static MultiEmbeddingTrainer ClassTrainer(MLContext context, MultiEmbeddingOptions options) =>
        context.MulticlassClassification.Trainers.MultiEmbedding(Complete(options) with { LabelColumnName = nameof(ClassRow.Class) });

    private static MultiEmbeddingOptions Complete(MultiEmbeddingOptions options) => options with
    {
        Columns =
        [
            InputColumn.Category(nameof(TableRow.Gender), GenderDimensions),
            InputColumn.Category(nameof(TableRow.Location), LocationDimensions),
            InputColumn.Number(nameof(TableRow.Age), NumberEncoder.Standard()),
        ],
        HiddenUnits = [HiddenUnits],
    };
}
