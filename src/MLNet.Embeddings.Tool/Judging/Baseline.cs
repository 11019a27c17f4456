using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace MLNet.Embeddings.Tool;

/// <summary>What ML.NET's own trainers make of the same columns, to compare with.</summary>
/// <param name="Name">What it is, in a few words.</param>
/// <param name="Model">The fitted model, which reads the same rows.</param>
/// <param name="Duration">How long the fit took.</param>
internal sealed record Baseline(string Name, ITransformer Model, TimeSpan Duration)
{
    /// <summary>One tree ensemble per class takes too long for more.</summary>
    private const int MostTreeClasses = 10;

    /// <summary>It learns from a sample of larger tables, so that the comparison takes minutes and no more memory than the model.</summary>
    private const int MostRows = 50_000;

    private const string FeatureColumn = "Baseline features";

    /// <summary>Trains it.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="plan">What is read and predicted.</param>
    /// <param name="model">The model, which gives the label in the type that ML.NET's trainers read.</param>
    /// <param name="train">The rows.</param>
    /// <param name="seed">The seed of the sample of rows.</param>
    internal static Baseline Fit(MLContext mlContext, TrainingPlan plan, ITransformer model, RowSelection train, int seed)
    {
        long start = Stopwatch.GetTimestamp();
        var rows = train.Sample(MostRows, seed);
        // The inputs are taken before the model adds its predictions, which may have the name of one.
        var inputs = BaselineColumns.Copy(mlContext, plan).Fit(rows);
        var given = new TransformerChain<ITransformer>(inputs, model);
        var view = given.Transform(rows);
        bool hasTexts = plan.Columns.Any(column => column is TextColumn);
        bool isLinear = hasTexts || plan.Task == PredictionTask.Multiclass && plan.Labels.Counts.Count > MostTreeClasses;
        var pipeline = BaselineColumns.Features(mlContext, plan.Columns, FeatureColumn, isLinear)
            .AppendCacheCheckpoint(mlContext)
            .Append(isLinear ? Linear(mlContext, plan) : Trees(mlContext, plan));
        var fitted = new TransformerChain<ITransformer>(given, pipeline.Fit(view));
        string name = (isLinear, hasTexts) switch
        {
            (true, true) => "linear model of n-grams and one-hot columns (SDCA)",
            (true, false) => "linear model of one-hot columns (SDCA)",
            _ => "boosted trees over one-hot columns (FastTree)",
        };
        string some = rows == train ? "" : string.Create(CultureInfo.InvariantCulture, $" on {MostRows:N0} of the rows");
        return new Baseline(name + some, fitted, Stopwatch.GetElapsedTime(start));
    }

    private static IEstimator<ITransformer> Linear(MLContext mlContext, TrainingPlan plan) => plan.Task switch
    {
        // On one thread, one seed gives one model.
        PredictionTask.Binary => mlContext.BinaryClassification.Trainers.SdcaLogisticRegression(new SdcaLogisticRegressionBinaryTrainer.Options
        {
            LabelColumnName = plan.Label,
            FeatureColumnName = FeatureColumn,
            NumberOfThreads = 1,
        }),
        PredictionTask.Multiclass => mlContext.MulticlassClassification.Trainers.SdcaMaximumEntropy(new SdcaMaximumEntropyMulticlassTrainer.Options
        {
            LabelColumnName = plan.Label,
            FeatureColumnName = FeatureColumn,
            NumberOfThreads = 1,
        }),
        _ => mlContext.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options
        {
            LabelColumnName = plan.Label,
            FeatureColumnName = FeatureColumn,
            NumberOfThreads = 1,
        }),
    };

    private static IEstimator<ITransformer> Trees(MLContext mlContext, TrainingPlan plan) => plan.Task switch
    {
        PredictionTask.Binary => mlContext.BinaryClassification.Trainers.FastTree(plan.Label, FeatureColumn),
        PredictionTask.Multiclass => mlContext.MulticlassClassification.Trainers.OneVersusAll(
            mlContext.BinaryClassification.Trainers.FastTree(plan.Label, FeatureColumn), plan.Label),
        _ => mlContext.Regression.Trainers.FastTree(plan.Label, FeatureColumn),
    };
}
