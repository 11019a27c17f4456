using Spectre.Console;

namespace Examples;

/// <summary>Prints what was saved, and what this process needed to train it.</summary>
public static class SavingReport
{
    public static void Print(params string[] files)
    {
        foreach (string file in files) Console.WriteLine($"{file} ({new FileInfo(file).Length / 1e3:N0} kB)");
        PrintProcess();
    }

    /// <summary>Prints what this process has needed so far.</summary>
    public static void PrintProcess()
    {
        string[] torch = Modules.OfTorch();
        AnsiConsole.MarkupLineInterpolated(
            $"[grey]This process trained with {(torch.Length == 0 ? "no torch library" : string.Join(", ", torch))} and {Modules.Megabytes} MB of memory.[/]");
    }
}
