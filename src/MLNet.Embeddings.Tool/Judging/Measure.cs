using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tool;

/// <summary>A measure of scored rows.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Meaning">What it says, in a few words.</param>
/// <param name="IsError">Whether less is better.</param>
internal sealed record Measure(string Name, double Value, string Meaning, bool IsError = false)
{
    /// <summary>ML.NET gives the log loss of two classes in bits, all others in nats.</summary>
    private static readonly double NatsPerBit = Math.Log(2);

    /// <summary>The measures of a task, by ML.NET's evaluators.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="task">The task.</param>
    /// <param name="scored">The scored rows, with the label in the type that the evaluator reads.</param>
    /// <param name="label">Name of the label.</param>
    internal static IReadOnlyList<Measure> Of(MLContext mlContext, PredictionTask task, IDataView scored, string label) => task switch
    {
        PredictionTask.Binary => Binary(mlContext, scored, label),
        PredictionTask.Multiclass => Multiclass(mlContext, scored, label),
        _ => Regression(mlContext, scored, label),
    };

    private static Measure[] Binary(MLContext mlContext, IDataView scored, string label)
    {
        if (scored.Schema[label].Type is BooleanDataViewType && scored.GetColumn<bool>(label).Distinct().Count() == 1) return OfOneClass(scored, label);
        var metrics = mlContext.BinaryClassification.Evaluate(scored, label);
        return
        [
            new("Area under ROC curve", metrics.AreaUnderRocCurve, "how well rows are ranked; by chance 0.5"),
            Accuracy(metrics.Accuracy),
            new("F1 score", metrics.F1Score, "balance of precision and recall"),
            LogLoss(metrics.LogLoss * NatsPerBit),
        ];
    }

    /// <summary>The measures that need no rows of the other class, which ML.NET's evaluator asks for.</summary>
    private static Measure[] OfOneClass(IDataView scored, string label)
    {
        const double least = 1e-15;
        bool isPositive = scored.GetColumn<bool>(label).First();
        double rows = 0, right = 0, loss = 0;
        foreach (float probability in scored.GetColumn<float>("Probability"))
        {
            loss -= Math.Log(Math.Max(least, isPositive ? probability : 1.0 - probability));
            rows++;
        }
        foreach (bool predicted in scored.GetColumn<bool>("PredictedLabel")) right += predicted == isPositive ? 1 : 0;
        return [Accuracy(right / rows), LogLoss(loss / rows)];
    }

    private static Measure Accuracy(double value) => new("Accuracy", value, "share of right decisions");

    private static Measure LogLoss(double value) => new("Log loss", value, "error of the probabilities; best 0", IsError: true);

    private static Measure[] Multiclass(MLContext mlContext, IDataView scored, string label)
    {
        var metrics = mlContext.MulticlassClassification.Evaluate(scored, label);
        return
        [
            Accuracy(metrics.MicroAccuracy),
            new("Mean recall of classes", metrics.MacroAccuracy, "each class counts the same"),
            LogLoss(metrics.LogLoss),
        ];
    }

    private static Measure[] Regression(MLContext mlContext, IDataView scored, string label)
    {
        var metrics = mlContext.Regression.Evaluate(scored, label);
        return
        [
            new("Mean absolute error", metrics.MeanAbsoluteError, $"in the unit of {label}", IsError: true),
            new("Root mean squared error", metrics.RootMeanSquaredError, "large errors count more", IsError: true),
            new("R²", metrics.RSquared, "share of the variance explained; best 1"),
        ];
    }
}
