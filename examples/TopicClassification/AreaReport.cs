using Examples;
using Microsoft.ML.Data;
using Spectre.Console;

namespace TopicClassification;

/// <summary>Prints which areas are found, and what others are taken for.</summary>
internal static class AreaReport
{
    /// <param name="metrics">Measures of the predictions.</param>
    /// <param name="areas">Names of the areas, in the order of the score column.</param>
    /// <param name="most">How many areas to print, of those with most issues.</param>
    internal static void Print(MulticlassClassificationMetrics metrics, string[] areas, int most)
    {
        var counts = metrics.ConfusionMatrix.Counts;
        var table = Screen.Table("Area", " Test issues", " Found", "Most often taken for");
        foreach (int area in Enumerable.Range(0, areas.Length).OrderByDescending(area => counts[area].Sum()).Take(most))
        {
            int other = Enumerable.Range(0, areas.Length).Where(other => other != area).MaxBy(other => counts[area][other]);
            table.AddRow(
                areas[area],
                $"{counts[area].Sum():N0}",
                $"{metrics.ConfusionMatrix.PerClassRecall[area]:P0}",
                counts[area][other] == 0 ? "–" : $"{areas[other]} ({counts[area][other]:N0})");
        }
        AnsiConsole.Write(table);
    }
}
