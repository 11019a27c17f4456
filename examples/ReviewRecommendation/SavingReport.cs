using Spectre.Console;

namespace ReviewRecommendation;

/// <summary>Prints what was saved, and what this process needed to train it.</summary>
internal static class SavingReport
{
    internal static void Print(string modelFile)
    {
        Console.WriteLine($"{modelFile} ({new FileInfo(modelFile).Length / 1e6:F1} MB)");
        AnsiConsole.MarkupLineInterpolated(
            $"[grey]This process trained with {string.Join(", ", Modules.OfTorch())} and {Modules.Megabytes} MB of memory.[/]");
    }
}
