using Examples;
using Microsoft.ML;
using ReviewRecommendation;

namespace TorchTraining;

/// <summary>What the second process does: it loads the model that torch trained, and predicts without torch.</summary>
internal static class Scoring
{
    /// <summary>Returns the exit code: 0, or 1 when a library of torch was loaded.</summary>
    internal static int Run(string modelFile)
    {
        var mlContext = new MLContext();
        ITransformer model = mlContext.Model.Load(modelFile, out _);

        Screen.Heading($"The model that torch trained, in process {Environment.ProcessId}");
        using var engine = mlContext.Model.CreatePredictionEngine<Review, Recommendation>(model);
        PredictionReport.Print(NewReviews.All.Select(review => (review, engine.Predict(review))));

        return TorchReport.Print();
    }
}
