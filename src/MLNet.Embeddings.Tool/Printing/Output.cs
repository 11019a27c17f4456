using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MLNet.Embeddings.Tool;

/// <summary>What is shown: tables on a terminal, plain lines in files and pipes, nothing where quiet was asked for.</summary>
internal sealed class Output
{
    /// <summary>Characters of a line that tables are laid out for where there is no terminal; longer lines are not broken.</summary>
    internal const int PlainWidth = 100;

    /// <summary>A width that no line has.</summary>
    private const int Unbroken = 1_000_000;

    private readonly IAnsiConsole _console;

    /// <param name="quiet">Whether nothing but results is shown.</param>
    /// <param name="toErrors">Whether results go to standard output as data, so that all else is shown on standard error.</param>
    internal Output(bool quiet, bool toErrors = false)
    {
        IsQuiet = quiet;
        _console = toErrors ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }) : AnsiConsole.Console;
        IsPlain = toErrors ? Console.IsErrorRedirected : Console.IsOutputRedirected;
        if (!IsPlain) return;
        _console.Profile.Capabilities.Ansi = false;
        _console.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        _console.Profile.Width = Unbroken;
    }

    internal bool IsQuiet { get; }

    /// <summary>Whether there is no terminal.</summary>
    internal bool IsPlain { get; }

    internal int Width => IsPlain ? PlainWidth : Math.Min(_console.Profile.Width, 140);

    /// <summary>A heading, unless quiet was asked for.</summary>
    internal void Heading(string text)
    {
        if (IsQuiet) return;
        _console.WriteLine();
        _console.MarkupLineInterpolated($"[bold deepskyblue1]{text}[/]");
    }

    /// <summary>A line, unless quiet was asked for.</summary>
    internal void Line(FormattableString line)
    {
        if (!IsQuiet) _console.MarkupLineInterpolated(CultureInfo.InvariantCulture, line);
    }

    /// <summary>A line that is a result.</summary>
    internal void Result(FormattableString line) => _console.MarkupLineInterpolated(CultureInfo.InvariantCulture, line);

    /// <summary>Something that is a result.</summary>
    internal void Result(IRenderable shown) => _console.Write(shown);

    /// <summary>Something, unless quiet was asked for.</summary>
    internal void Show(IRenderable shown)
    {
        if (!IsQuiet) _console.Write(shown);
    }

    /// <summary>A table; columns whose titles begin with a space are right-aligned.</summary>
    internal Table Table(params ReadOnlySpan<string> titles)
    {
        var table = new Table().Border(IsPlain ? TableBorder.None : TableBorder.Rounded).BorderColor(Color.Grey);
        foreach (string title in titles)
        {
            table.AddColumn(new TableColumn(Markup.Escape(title.Trim()))
            {
                Alignment = title.StartsWith(' ') ? Justify.Right : Justify.Left,
                Padding = IsPlain ? new Padding(0, 0, 2, 0) : new Padding(1, 0),
            });
        }
        return table;
    }

    /// <summary>A text in so many characters at most, on one line.</summary>
    internal static string Shorten(string text, int length)
    {
        text = text.ReplaceLineEndings(" ");
        return text.Length <= length ? text : $"{text[..(length - 1)]}…";
    }

    /// <summary>A number with as many digits as its size asks for.</summary>
    internal static string Number(double value) => Math.Abs(value) switch
    {
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("N2", CultureInfo.InvariantCulture),
        > 0 and < 0.01 => value.ToString("G4", CultureInfo.InvariantCulture),
        _ => value.ToString("F4", CultureInfo.InvariantCulture),
    };

    /// <summary>A length of time.</summary>
    internal static string Time(TimeSpan time) => time.TotalSeconds switch
    {
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s"),
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds} s"),
    };
}
