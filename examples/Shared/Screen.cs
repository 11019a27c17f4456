using Spectre.Console;

namespace Examples;

/// <summary>What all that is printed has in common.</summary>
public static class Screen
{
    /// <summary>Keeps control characters out of files and pipes.</summary>
    public static void Prepare()
    {
        if (!Console.IsOutputRedirected) return;
        AnsiConsole.Profile.Capabilities.Ansi = false;
        AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        AnsiConsole.Profile.Width = 100;
    }

    public static void Heading(string text)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLineInterpolated($"[bold deepskyblue1]{text}[/]");
    }

    /// <summary>A table in the style of this program, its columns right-aligned where the title starts with a space.</summary>
    public static Table Table(params ReadOnlySpan<string> titles)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        foreach (string title in titles) table.AddColumn(new TableColumn(title.Trim()) { Alignment = title.StartsWith(' ') ? Justify.Right : Justify.Left });
        return table;
    }

    public static int Show(string text)
    {
        Console.WriteLine(text);
        return 0;
    }

    /// <summary>Says why the program ends here; returns the exit code.</summary>
    public static int Fail(string reason, int exitCode)
    {
        Console.Error.WriteLine(reason);
        return exitCode;
    }
}
