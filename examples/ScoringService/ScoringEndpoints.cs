using System.Text.Json.Nodes;
using Microsoft.ML;
using MLNet.Embeddings;

namespace ScoringService;

/// <summary>What the service answers.</summary>
internal static class ScoringEndpoints
{
    internal static void MapScoring(this IEndpointRouteBuilder app)
    {
        app.MapPost("/predict", Predict)
            .WithSummary("Scores a row, or each of an array of rows")
            .Accepts<JsonNode>("application/json")
            .Produces<JsonNode>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        app.MapGet("/health", (WatchedModel watched) => new Health(Path.GetFileName(watched.FilePath), watched.LoadedAt))
            .WithSummary("Tells which model is in use");
    }

    private static async Task<IResult> Predict(HttpRequest request, WatchedModel watched, ScoringMetrics metrics)
    {
        string rows = await new StreamReader(request.Body).ReadToEndAsync(request.HttpContext.RequestAborted);
        string scores = metrics.Measure(() => watched.Model.PredictJson(rows));
        return Results.Text(scores, "application/json");
    }
}

/// <summary>How the service is.</summary>
/// <param name="Model">The model's file.</param>
/// <param name="LoadedAt">When it was loaded.</param>
internal sealed record Health(string Model, DateTimeOffset LoadedAt);
