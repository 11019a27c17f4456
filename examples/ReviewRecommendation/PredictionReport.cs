using Examples;
using Spectre.Console;

namespace ReviewRecommendation;

/// <summary>Prints reviews beside what the model says of them.</summary>
internal static class PredictionReport
{
    internal static void Print(IEnumerable<(Review Review, Recommendation Prediction)> predictions)
    {
        var table = Screen.Table("Review", "Class", " Probability", "Recommended").ShowRowSeparators();
        foreach (var (review, prediction) in predictions)
        {
            table.AddRow(
                Markup.FromInterpolated($"[bold]{review.Title ?? "(no title)"}[/]\n[grey]{review.Body ?? "(no body)"}[/]"),
                new Text(review.Class ?? "(none)"),
                new Text($"{prediction.Probability:F3}"),
                new Markup(prediction.Recommended ? "[green]yes[/]" : "[red]no[/]"));
        }
        AnsiConsole.Write(table);
    }
}
