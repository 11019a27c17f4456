using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>One of many classes.</summary>
internal sealed class MulticlassQuality : QualityTask
{
    internal override DataKind LabelKind => DataKind.String;

    internal override IEstimator<ITransformer> Prepare(MLContext context) => context.Transforms.Conversion.MapValueToKey(Label);

    internal override LabelColumn LearnedLabel => LabelColumn.Multiclass(Label) with { LabelSmoothing = 0.1 };

    internal override IEstimator<ITransformer> Ours(MLContext context, MultiEmbeddingOptions options) =>
        context.MulticlassClassification.Trainers.MultiEmbedding(options);

    internal override IEstimator<ITransformer> LightGbm(MLContext context) => context.MulticlassClassification.Trainers.LightGbm();

    internal override IEstimator<ITransformer> Linear(MLContext context) => context.MulticlassClassification.Trainers.SdcaMaximumEntropy();

    internal override IReadOnlyDictionary<string, double> Evaluate(MLContext context, IDataView scored)
    {
        var metrics = context.MulticlassClassification.Evaluate(scored);
        return new Dictionary<string, double> { ["accuracy"] = metrics.MicroAccuracy, ["macro accuracy"] = metrics.MacroAccuracy };
    }
}
