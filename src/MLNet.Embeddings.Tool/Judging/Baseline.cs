using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;

namespace MLNet.Embeddings.Tool;

/// <summary>What ML.NET's own trainers make of the same columns, to compare with.</summary>
/// <param name="Name">What it is, in a few words.</param>
/// <param name="Model">The fitted model, which reads the same rows.</param>
/// <param name="Duration">How long the fit took.</param>
internal sealed record Baseline(string Name, ITransformer Model, TimeSpan Duration)
{
    /// <summary>One tree ensemble per class takes too long for more.</summary>
    private const int MostTreeClasses = 10;

    private const string FeatureColumn = "Baseline features";

    /// <summary>Trains it.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="plan">What is read and predicted.</param>
    /// <param name="model">The model, which gives the label in the type that ML.NET's trainers read.</param>
    /// <param name="train">The rows.</param>
    internal static Baseline Fit(MLContext mlContext, TrainingPlan plan, ITransformer model, IDataView train)
    {
        long start = Stopwatch.GetTimestamp();
        var view = model.Transform(train);
        bool hasTexts = plan.Columns.Any(column => column is TextColumn);
        bool isLinear = hasTexts || plan.Task == PredictionTask.Multiclass && plan.Labels.Counts.Count > MostTreeClasses;
        var pipeline = Features(mlContext, plan.Columns, view.Schema, isLinear)
            .AppendCacheCheckpoint(mlContext)
            .Append(isLinear ? Linear(mlContext, plan) : Trees(mlContext, plan));
        var fitted = new TransformerChain<ITransformer>(model, pipeline.Fit(view));
        string name = (isLinear, hasTexts) switch
        {
            (true, true) => "linear model of n-grams and one-hot columns (SDCA)",
            (true, false) => "linear model of one-hot columns (SDCA)",
            _ => "boosted trees over one-hot columns (FastTree)",
        };
        return new Baseline(name, fitted, Stopwatch.GetElapsedTime(start));
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

    private static EstimatorChain<ITransformer> Features(MLContext mlContext, IReadOnlyList<InputColumn> columns, DataViewSchema schema, bool isLinear)
    {
        var chain = new EstimatorChain<ITransformer>();
        List<string> names = [];
        foreach (var column in columns)
        {
            string output = $"Baseline {column.Name}";
            names.Add(output);
            chain = column switch
            {
                TextColumn => chain.Append<ITransformer>(mlContext.Transforms.Text.FeaturizeText(output, column.Name)),
                NumberColumn or DateColumn when schema[column.Name].Type is not TextDataViewType => Number(mlContext, chain, output, column.Name, isLinear),
                _ => chain.Append<ITransformer>(mlContext.Transforms.Categorical.OneHotEncoding(output, column.Name)),
            };
        }
        return chain.Append<ITransformer>(mlContext.Transforms.Concatenate(FeatureColumn, [.. names]));
    }

    private static EstimatorChain<ITransformer> Number(
        MLContext mlContext, EstimatorChain<ITransformer> chain, string output, string column, bool isLinear)
    {
        var numbers = chain.Append<ITransformer>(mlContext.Transforms.Conversion.ConvertType(output, column, DataKind.Single))
            .Append<ITransformer>(mlContext.Transforms.ReplaceMissingValues(output, replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean));
        return isLinear ? numbers.Append<ITransformer>(mlContext.Transforms.NormalizeMeanVariance(output)) : numbers;
    }
}
