using Microsoft.Data.Analysis;
using Spectre.Console;

namespace Examples;

/// <summary>Prints columns of a data frame.</summary>
public static class FrameReport
{
    public static void Print(DataFrame frame, params string[] names)
    {
        var columns = names.Select(name => frame[name]).ToArray();
        var table = Screen.Table([.. columns.Select(column => column.IsNumericColumn() ? $" {column.Name}" : column.Name)]);
        for (long row = 0; row < frame.Rows.Count; row++) table.AddRow([.. columns.Select(column => new Text(Show(column[row])))]);
        AnsiConsole.Write(table);
    }

    private static string Show(object? value) => value switch
    {
        null or "" or float.NaN => "–",
        float number => float.IsInteger(number) ? $"{number:F0}" : $"{number:F3}",
        _ => $"{value}",
    };
}
