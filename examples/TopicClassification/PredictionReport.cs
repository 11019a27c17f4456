using Examples;
using Spectre.Console;

namespace TopicClassification;

/// <summary>Prints issues beside the areas that the model takes for the likeliest.</summary>
internal static class PredictionReport
{
    internal static void Print(IEnumerable<(Issue Issue, IEnumerable<(string Area, float Probability)> Areas)> predictions)
    {
        var table = Screen.Table("Issue", "Likeliest areas", " Probability").ShowRowSeparators();
        foreach (var (issue, areas) in predictions)
        {
            table.AddRow(
                Markup.FromInterpolated($"[bold]{issue.Title}[/]\n[grey]{issue.Description ?? "(no description)"}[/]"),
                new Text(string.Join('\n', areas.Select(area => area.Area))),
                new Text(string.Join('\n', areas.Select(area => $"{area.Probability:F3}"))));
        }
        AnsiConsole.Write(table);
    }
}
