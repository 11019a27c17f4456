using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>One of two classes.</summary>
internal sealed class BinaryQuality : QualityTask
{
    internal override DataKind LabelKind => DataKind.Boolean;

    internal override LabelColumn LearnedLabel => LabelColumn.Binary(Label);

    internal override IEstimator<ITransformer> Ours(MLContext context, MultiEmbeddingOptions options) =>
        context.BinaryClassification.Trainers.MultiEmbedding(options);

    internal override IEstimator<ITransformer> LightGbm(MLContext context) => context.BinaryClassification.Trainers.LightGbm();

    internal override IEstimator<ITransformer> Linear(MLContext context) => context.BinaryClassification.Trainers.LbfgsLogisticRegression();

    internal override IReadOnlyDictionary<string, double> Evaluate(MLContext context, IDataView scored)
    {
        var metrics = context.BinaryClassification.EvaluateNonCalibrated(scored);
        return new Dictionary<string, double> { ["AUC"] = metrics.AreaUnderRocCurve, ["accuracy"] = metrics.Accuracy };
    }
}
