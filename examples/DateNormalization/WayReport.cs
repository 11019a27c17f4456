using Examples;
using Spectre.Console;

namespace DateNormalization;

/// <summary>Prints how many dates are right for each way of writing.</summary>
internal static class WayReport
{
    internal static void Print(IEnumerable<TestedDate> dates)
    {
        var table = Screen.Table("Written like", " Test dates", " Right", "The first wrong one");
        foreach (var way in dates.GroupBy(date => date.Way).OrderBy(way => way.Key, StringComparer.Ordinal))
        {
            var wrong = way.FirstOrDefault(date => date.Normalized != date.Date);
            table.AddRow(
                new Text(way.Key), new Text($"{way.Count():N0}"), new Text($"{way.Count(date => date.Normalized == date.Date) * 100.0 / way.Count():F1} %"),
                new Text(wrong is null ? "–" : $"{wrong.Normalized} for {wrong.Date}"));
        }
        AnsiConsole.Write(table);
    }
}
