using Examples;
using Microsoft.ML;
using MLNet.Embeddings;
using ReviewRecommendation;
using Spectre.Console;

namespace SimilarReviews;

/// <summary>What the second process does: it loads the step that makes vectors, and finds the reviews of a small shop that are like new ones.</summary>
internal static class Scoring
{
    private static readonly string[] Questions =
        ["A lovely dress, it fits perfectly", "These jeans are too tight and went back", "The sweater is itchy and looks cheap"];

    /// <summary>Returns the exit code: 0, or 1 when a library of torch was loaded.</summary>
    internal static int Run(string modelFile)
    {
        var mlContext = new MLContext();
        ITransformer features = mlContext.Model.Load(modelFile, out _);

        var (reviews, _) = GeneratedReviews.Load(mlContext, count: 500);
        var index = EmbeddingVectors.Of(features.Transform(reviews), nameof(Review.Body), "Vector");
        using var engine = mlContext.Model.CreatePredictionEngine<Review, ReviewVector>(features);

        Screen.Heading($"The nearest of {index.Count} reviews, in process {Environment.ProcessId}");
        var table = Screen.Table("New review", "Nearest, with the cosine of their vectors").ShowRowSeparators();
        foreach (string question in Questions)
        {
            var nearest = index.Nearest(engine.Predict(new Review { Body = question }).Vector, 3);
            table.AddRow(new Text(question), new Text(string.Join("\n", nearest.Select(near => $"{near.Similarity:F2}  {near.Term}"))));
        }
        AnsiConsole.Write(table);
        return TorchReport.Print();
    }

    /// <summary>What the step makes of a review.</summary>
    private sealed class ReviewVector
    {
        public float[] Vector { get; set; } = [];
    }
}
