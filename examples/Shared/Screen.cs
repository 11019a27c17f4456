using Spectre.Console;

namespace Examples;

/// <summary>What all that is printed has in common.</summary>
public static class Screen
{
    static Screen()
    {
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 110;
    }

    public static void Heading(string text)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLineInterpolated($"[bold deepskyblue1]{text}[/]");
    }

    /// <summary>A table, its columns right-aligned where the title starts with a space.</summary>
    public static Table Table(params ReadOnlySpan<string> titles)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        foreach (string title in titles) table.AddColumn(new TableColumn(title.Trim()) { Alignment = title.StartsWith(' ') ? Justify.Right : Justify.Left });
        return table;
    }

    /// <summary>Ends the program with a text.</summary>
    public static void End(string text, int exitCode)
    {
        (exitCode == 0 ? Console.Out : Console.Error).WriteLine(text);
        Environment.Exit(exitCode);
    }

    /// <summary>Ends the program in the place of a value.</summary>
    public static T End<T>(string text, int exitCode)
    {
        End(text, exitCode);
        throw new InvalidOperationException(text);
    }
}
