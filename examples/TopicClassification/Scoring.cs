using Examples;
using Microsoft.ML;

namespace TopicClassification;

/// <summary>What the second process does: it loads the model and predicts the areas of new issues.</summary>
internal static class Scoring
{
    /// <summary>Returns the exit code: 0, or 1 when a library of torch was loaded.</summary>
    internal static int Run(string modelFile)
    {
        var mlContext = new MLContext();
        ITransformer model = mlContext.Model.Load(modelFile, out _);

        Screen.Heading($"Predictions for new issues, in process {Environment.ProcessId}");
        using var engine = mlContext.Model.CreatePredictionEngine<Issue, AreaGuess>(model);
        string[] areas = ScoreNames.Of(engine.OutputSchema);
        PredictionReport.Print(NewIssues.All.Select(issue => (issue, TopAreas(areas, engine.Predict(issue)))));

        return TorchReport.Print();
    }

    private static IEnumerable<(string Area, float Probability)> TopAreas(string[] areas, AreaGuess guess) =>
        areas.Zip(guess.Score).OrderByDescending(area => area.Second).Take(3);
}
