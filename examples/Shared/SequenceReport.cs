using Spectre.Console;

namespace Examples;

/// <summary>Prints what an encoder-decoder makes of its inputs.</summary>
public static class SequenceReport
{
    public static void Print(IEnumerable<(string Input, float LogProbability, string[] Alternatives)> rows)
    {
        var table = Screen.Table("Input", "Output", " Probability", "Next best");
        foreach (var (input, logProbability, alternatives) in rows)
        {
            table.AddRow(
                Markup.FromInterpolated($"{input}"), Markup.FromInterpolated($"[bold]{alternatives[0]}[/]"), new Text($"{MathF.Exp(logProbability):F3}"),
                Markup.FromInterpolated($"[grey]{string.Join("   ", alternatives[1..])}[/]"));
        }
        AnsiConsole.Write(table);
    }
}
