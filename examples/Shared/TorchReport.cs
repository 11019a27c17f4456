using Spectre.Console;

namespace Examples;

/// <summary>Prints whether this process has come to load a library of torch, which scoring never does, whoever trained the model.</summary>
public static class TorchReport
{
    /// <returns>The exit code of a process that scores: 0, or 1 when a library of torch was loaded.</returns>
    public static int Print()
    {
        string[] torch = Modules.OfTorch();
        AnsiConsole.MarkupLineInterpolated(torch.Length == 0
            ? (FormattableString)$"""
                [green]No torch library is loaded in this process[/] [grey]({Modules.All().Length} modules looked at; {Modules.Megabytes} MB of memory).[/]
                """
            : $"[red]Torch libraries are loaded in this process: {string.Join(", ", torch)}.[/]");
        return torch.Length == 0 ? 0 : 1;
    }
}
