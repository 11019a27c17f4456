using System.Diagnostics;
using Microsoft.ML;
using MLNet.Embeddings.Processes;

namespace MLNet.Embeddings.Robustness;

/// <summary>Kills a process at random moments, and looks at the files that it leaves.</summary>
internal static class KillHunt
{
    internal static Findings Run(Arguments arguments)
    {
        var findings = new Findings("kills");
        var random = new Random(arguments.Seed);
        string folder = NewFolder();
        var (whole, time) = Undisturbed();
        while (findings.Tries < arguments.Count)
        {
            using var process = Start(folder);
            if (process.WaitForExit(time * random.NextDouble()))
            {
                if (process.ExitCode != 0) findings.Add($"process after kill {findings.Tries}", $"It ended with exit code {process.ExitCode}.");
                else findings.Try($"end after kill {findings.Tries}", () => EndProblem(folder, whole));
                Directory.Delete(folder, recursive: true);
                folder = NewFolder();
                continue;
            }
            process.Kill();
            process.WaitForExit();
            findings.Try($"kill {findings.Tries}", () => Problem(folder));
        }
        // What is left is finished once undisturbed.
        using (var last = Start(folder)) last.WaitForExit();
        findings.Try("the last end", () => EndProblem(folder, whole));
        Directory.Delete(folder, recursive: true);
        return findings;
    }

    private static string NewFolder() => Directory.CreateTempSubdirectory("robustness-").FullName;

    private static Process Start(string folder) => Process.Start(ThisProgram.Start(WorkerCommands.Generations, "--folder", folder))!;

    /// <summary>What an undisturbed process makes, and how long it takes.</summary>
    private static (string Fingerprints, TimeSpan Time) Undisturbed()
    {
        string folder = NewFolder();
        var time = Stopwatch.StartNew();
        using (var process = Start(folder)) process.WaitForExit();
        string whole = Fingerprints(folder);
        Directory.Delete(folder, recursive: true);
        return (whole, time.Elapsed);
    }

    private static string Fingerprints(string folder) => string.Join(' ', new[] { Generations.ModelOf(folder), Generations.VocabularyOf(folder) }
        .Select(path => ModelFile.Fingerprint(File.ReadAllBytes(path))));

    /// <summary>Each file is whole, and of a generation that fits the other's.</summary>
    private static string? Problem(string folder)
    {
        var context = new MLContext(1);
        int model = Generations.Reached(context, Generations.ModelOf(folder)), vocabulary = Generations.Reached(context, Generations.VocabularyOf(folder));
        return vocabulary - model is 0 or 1 ? null : $"The model is of generation {model}, the vocabulary of {vocabulary}.";
    }

    private static string? EndProblem(string folder, string whole)
    {
        if (Fingerprints(folder) != whole) return "It made others than an undisturbed process.";
        string[] kept = [Generations.ModelOf(folder), Generations.VocabularyOf(folder)];
        string[] left = [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Except(kept)];
        return left.Length == 0 ? null : $"It left {string.Join(", ", left.Select(Path.GetFileName))}.";
    }
}
