using System.Diagnostics;
using Examples;
using Microsoft.Data.Analysis;
using Microsoft.ML;
using Spectre.Console;

namespace ReviewRecommendation;

/// <summary>What the second process does: it loads the model and predicts, review by review and a whole data frame.</summary>
internal static class Scoring
{
    /// <summary>Returns the exit code: 0, or 1 when a library of torch was loaded.</summary>
    internal static int Run(string modelFile)
    {
        long start = Stopwatch.GetTimestamp();
        var mlContext = new MLContext();
        ITransformer model = mlContext.Model.Load(modelFile, out _);

        Screen.Heading($"Single predictions, in process {Environment.ProcessId}");
        using var engine = mlContext.Model.CreatePredictionEngine<Review, Recommendation>(model);
        PredictionReport.Print(NewReviews.All.Select(review => (review, engine.Predict(review))));
        AnsiConsole.MarkupLineInterpolated($"[grey]Loading the model and predicting took {Stopwatch.GetElapsedTime(start).TotalSeconds:F2} s.[/]");

        Screen.Heading("A data frame, scored and sorted");
        DataFrame scored = model.Score(NewReviews.ToFrame());
        FrameReport.Print(scored.OrderByDescending("Probability"), "Title", "Department", "Class", "Age", "PredictedLabel", "Probability");

        return TorchReport.Print();
    }
}
