using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.LightGbm;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>What is learned: how a file's label is read, ML.NET's trainers for it, and its metric.</summary>
/// <param name="label">Name of the label's column.</param>
internal abstract class SuiteTask(string label)
{
    /// <summary>Name of the features of ML.NET's trainers.</summary>
    internal const string Features = "~Features";

    /// <summary>Passes over the data that a linear trainer may take, and how exact it is to be.</summary>
    protected const int LinearPasses = 50;
    protected const float LinearTolerance = 0.01f;

    protected string Label => label;

    internal static SuiteTask Of(string name, string label) => name switch
    {
        "bin" => new BinarySuiteTask(label),
        "multi" => new MulticlassSuiteTask(label),
        "reg" => new RegressionSuiteTask(label),
        "multilabel" => new SetSuiteTask(label),
        _ => throw new FormatException($"The tasks of sets.txt are bin, multi, reg and multilabel; this is '{name}'."),
    };

    /// <summary>Type that the label is read as.</summary>
    internal abstract DataKind FileKind { get; }

    /// <summary>What a linear model may learn of TF-IDF: scikit-learn's C, by which those of <c>sets.txt</c> come out alike.</summary>
    internal virtual float TextFreedom => 8;

    /// <summary>What makes the label of the raw rows of what is read.</summary>
    internal virtual EstimatorChain<ITransformer> FromFile(MLContext context, IDataView training) => new();

    /// <summary>What makes of the raw label what ML.NET's trainers take.</summary>
    internal virtual EstimatorChain<ITransformer> Prepare(MLContext context) => new();

    internal abstract IEstimator<ITransformer> LightGbm(MLContext context);

    internal abstract ITransformer FitStrongLightGbm(MLContext context, IDataView training, IDataView validation);

    internal abstract IEstimator<ITransformer> Linear(MLContext context);

    /// <summary>A linear model of a given penalty, relative to the mean loss.</summary>
    internal abstract IEstimator<ITransformer> Linear(MLContext context, float l2);

    /// <summary>The metric of scores beside the raw label.</summary>
    internal abstract double Evaluate(MLContext context, IDataView test, IDataView scored);
}

/// <summary>One of two values; of the two in ordinal order, the second is positive (0 and 1, No and Yes, neg and pos).</summary>
internal sealed class BinarySuiteTask(string label) : SuiteTask(label)
{
    internal override DataKind FileKind => DataKind.String;

    internal override EstimatorChain<ITransformer> FromFile(MLContext context, IDataView training)
    {
        string[] values = [.. training.GetColumn<string>(Label).Distinct().Order(StringComparer.Ordinal)];
        if (values.Length != 2) throw new FormatException($"The binary label '{Label}' has two values; here it has {values.Length}.");
        return new EstimatorChain<ITransformer>().Append<ITransformer>(
            context.Transforms.Conversion.MapValue(Label, new Dictionary<string, bool> { [values[0]] = false, [values[1]] = true }, Label));
    }

    internal override IEstimator<ITransformer> LightGbm(MLContext context) =>
        context.BinaryClassification.Trainers.LightGbm(LightGbmSettings.Default(new LightGbmBinaryTrainer.Options(), Label));

    internal override ITransformer FitStrongLightGbm(MLContext context, IDataView training, IDataView validation) =>
        context.BinaryClassification.Trainers.LightGbm(LightGbmSettings.Strong(new LightGbmBinaryTrainer.Options(), Label)).Fit(training, validation);

    internal override IEstimator<ITransformer> Linear(MLContext context) => context.BinaryClassification.Trainers.LbfgsLogisticRegression(Label, Features);

    internal override IEstimator<ITransformer> Linear(MLContext context, float l2) => context.BinaryClassification.Trainers.SdcaLogisticRegression(
        new SdcaLogisticRegressionBinaryTrainer.Options
        {
            LabelColumnName = Label,
            FeatureColumnName = Features,
            L1Regularization = 0,
            L2Regularization = l2,
            MaximumNumberOfIterations = LinearPasses,
            ConvergenceTolerance = LinearTolerance,
            NumberOfThreads = 1,
        });

    internal override double Evaluate(MLContext context, IDataView test, IDataView scored) =>
        context.BinaryClassification.EvaluateNonCalibrated(scored, Label).AreaUnderRocCurve;
}

/// <summary>One of many values. A class that no training row has is a fault like any other.</summary>
internal sealed class MulticlassSuiteTask(string label) : SuiteTask(label)
{
    private const string Key = "~Label";
    private const string Predicted = "PredictedLabel";

    internal override DataKind FileKind => DataKind.String;

    internal override EstimatorChain<ITransformer> Prepare(MLContext context) =>
        new EstimatorChain<ITransformer>().Append<ITransformer>(context.Transforms.Conversion.MapValueToKey(Key, Label));

    internal override IEstimator<ITransformer> LightGbm(MLContext context) =>
        context.MulticlassClassification.Trainers.LightGbm(LightGbmSettings.Default(new LightGbmMulticlassTrainer.Options(), Key));

    internal override ITransformer FitStrongLightGbm(MLContext context, IDataView training, IDataView validation) =>
        context.MulticlassClassification.Trainers.LightGbm(LightGbmSettings.Strong(new LightGbmMulticlassTrainer.Options(), Key)).Fit(training, validation);

    internal override IEstimator<ITransformer> Linear(MLContext context) => context.MulticlassClassification.Trainers.SdcaMaximumEntropy(
        new SdcaMaximumEntropyMulticlassTrainer.Options { LabelColumnName = Key, FeatureColumnName = Features, NumberOfThreads = 1 });

    internal override IEstimator<ITransformer> Linear(MLContext context, float l2) => context.MulticlassClassification.Trainers.SdcaMaximumEntropy(
        new SdcaMaximumEntropyMulticlassTrainer.Options
        {
            LabelColumnName = Key,
            FeatureColumnName = Features,
            L1Regularization = 0,
            L2Regularization = l2,
            MaximumNumberOfIterations = LinearPasses,
            ConvergenceTolerance = LinearTolerance,
            NumberOfThreads = 1,
        });

    internal override double Evaluate(MLContext context, IDataView test, IDataView scored)
    {
        if (scored.Schema[Predicted].Type is KeyDataViewType) scored = context.Transforms.Conversion.MapKeyToValue(Predicted).Fit(scored).Transform(scored);
        return test.GetColumn<string>(Label).Zip(scored.GetColumn<string>(Predicted), (label, predicted) => label == predicted ? 1.0 : 0.0).Average();
    }
}

/// <summary>A number.</summary>
internal sealed class RegressionSuiteTask(string label) : SuiteTask(label)
{
    internal override DataKind FileKind => DataKind.Single;

    internal override float TextFreedom => 0.5f;

    internal override IEstimator<ITransformer> LightGbm(MLContext context) =>
        context.Regression.Trainers.LightGbm(LightGbmSettings.Default(new LightGbmRegressionTrainer.Options(), Label));

    internal override ITransformer FitStrongLightGbm(MLContext context, IDataView training, IDataView validation) =>
        context.Regression.Trainers.LightGbm(LightGbmSettings.Strong(new LightGbmRegressionTrainer.Options(), Label)).Fit(training, validation);

    internal override IEstimator<ITransformer> Linear(MLContext context) => context.Regression.Trainers.Sdca(
        new SdcaRegressionTrainer.Options { LabelColumnName = Label, FeatureColumnName = Features, NumberOfThreads = 1 });

    internal override IEstimator<ITransformer> Linear(MLContext context, float l2) => context.Regression.Trainers.Sdca(
        new SdcaRegressionTrainer.Options
        {
            LabelColumnName = Label,
            FeatureColumnName = Features,
            L1Regularization = 0,
            L2Regularization = l2,
            MaximumNumberOfIterations = LinearPasses,
            ConvergenceTolerance = LinearTolerance,
            NumberOfThreads = 1,
        });

    internal override double Evaluate(MLContext context, IDataView test, IDataView scored) =>
        context.Regression.Evaluate(scored, Label).RootMeanSquaredError;
}
