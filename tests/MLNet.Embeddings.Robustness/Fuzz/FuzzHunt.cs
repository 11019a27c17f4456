using System.Diagnostics;
using System.Globalization;
using MLNet.Embeddings.Processes;

namespace MLNet.Embeddings.Robustness;

/// <summary>Has workers load altered files, and watches that they end in time and in memory.</summary>
internal static class FuzzHunt
{
    /// <summary>Heap of a worker, in hexadecimal as the runtime reads it: 384 MiB; sound files take a few.</summary>
    private const string HeapLimit = "18000000";

    private static readonly TimeSpan LongestLoad = TimeSpan.FromSeconds(30);

    internal static string SourcesOf(string folder) => Path.Combine(folder, "sound");

    internal static Findings Run(Arguments arguments)
    {
        var findings = new Findings("files");
        if (arguments.Replayed is { } file)
        {
            findings.Try(file, () => FuzzWorker.Problem(file));
            return findings;
        }
        Directory.CreateDirectory(SourcesOf(arguments.Folder));
        FuzzFiles.Write(SourcesOf(arguments.Folder));
        foreach (string sound in Directory.GetFiles(SourcesOf(arguments.Folder))) FuzzFiles.Load(sound)();
        var time = Stopwatch.StartNew();
        int workers = Math.Min(Environment.ProcessorCount, arguments.Count), each = arguments.Count / workers;
        Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, worker =>
        {
            int next = arguments.Seed + worker * each, end = next + each;
            while (next < end && time.Elapsed < arguments.Duration)
                next = Work(arguments with { Seed = next, Count = end - next, Duration = arguments.Duration - time.Elapsed }, findings);
        });
        return findings;
    }

    /// <summary>Watches one worker until it has done its files, ends, hangs, or time is up.</summary>
    /// <returns>The number of the file to go on with.</returns>
    private static int Work(Arguments arguments, Findings findings)
    {
        var time = Stopwatch.StartNew();
        var start = ThisProgram.Start(WorkerCommands.Fuzz, $"{arguments.Count}", "0", "--seed", $"{arguments.Seed}", "--folder", arguments.Folder);
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        start.Environment["DOTNET_gcServer"] = "0";
        using var process = Process.Start(start)!;
        int current = arguments.Seed;
        while (true)
        {
            var line = process.StandardOutput.ReadLineAsync();
            if (!line.Wait(LongestLoad))
            {
                process.Kill();
                Lose(arguments, findings, current, $"It takes longer than {LongestLoad.TotalSeconds} seconds.");
                return current + 1;
            }
            if (line.Result is not { } text) break;
            if (text[0] == FuzzWorker.Find)
            {
                string[] parts = text[1..].Split(' ', 2);
                findings.Add($"file {parts[0]}", parts[1]);
                continue;
            }
            current = int.Parse(text, CultureInfo.InvariantCulture);
            findings.Try();
            if (time.Elapsed < arguments.Duration) continue;
            process.Kill();
            return int.MaxValue;
        }
        process.WaitForExit();
        if (process.ExitCode == 0) return arguments.Seed + arguments.Count;
        Lose(arguments, findings, current, $"The process ended with exit code {process.ExitCode}.");
        return current + 1;
    }

    /// <summary>A file that took its process along is made and kept here.</summary>
    private static void Lose(Arguments arguments, Findings findings, int number, string problem)
    {
        var (names, files) = FuzzWorker.Sources(SourcesOf(arguments.Folder));
        int source = number % names.Length;
        string path = Path.Combine(Directory.CreateTempSubdirectory("robustness-").FullName, names[source]);
        File.WriteAllBytes(path, FuzzFiles.Alter(names[source], files[source], number));
        FuzzWorker.Keep(path, arguments.Folder, number);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        findings.Add($"file {number}", problem);
    }
}
