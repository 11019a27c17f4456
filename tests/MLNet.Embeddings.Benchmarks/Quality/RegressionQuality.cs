using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>A number.</summary>
/// <param name="loss">What ours makes small: it follows from the metrics asked for.</param>
internal sealed class RegressionQuality(RegressionLoss loss) : QualityTask
{
    internal override DataKind LabelKind => DataKind.Single;

    internal override LabelColumn LearnedLabel => LabelColumn.Regression(Label) with { Loss = loss, HuberDelta = 0.1 };

    internal override IEstimator<ITransformer> Ours(MLContext context, MultiEmbeddingOptions options) => context.Regression.Trainers.MultiEmbedding(options);

    internal override IEstimator<ITransformer> LightGbm(MLContext context) => context.Regression.Trainers.LightGbm();

    internal override IEstimator<ITransformer> Linear(MLContext context) => context.Regression.Trainers.Sdca();

    internal override IReadOnlyDictionary<string, double> Evaluate(MLContext context, IDataView scored)
    {
        var metrics = context.Regression.Evaluate(scored);
        return new Dictionary<string, double> { ["MAE"] = metrics.MeanAbsoluteError, ["RMSE"] = metrics.RootMeanSquaredError };
    }
}
