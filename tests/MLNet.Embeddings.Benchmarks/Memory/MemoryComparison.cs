using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Largest working sets of processes that train and that only score, beside TorchSharp; each is a process of this program.</summary>
internal sealed class MemoryComparison : IMeasurement
{
    public string Name => "peak memory, network A";

    public IEnumerable<Comparison> Run(AlternatingRounds rounds)
    {
        string modelPath = Path.GetTempFileName();
        try
        {
            SaveModel(modelPath);
            yield return Compare(rounds, "a process that trains",
                () => Measure(MemoryJob.Training),
                () => Measure(MemoryJob.TorchTraining));
            yield return Compare(rounds, "a process that loads and scores",
                () => Measure(MemoryJob.Scoring, "--model", modelPath),
                () => Measure(MemoryJob.TorchScoring));
        }
        finally
        {
            File.Delete(modelPath);
        }
    }

    private Comparison Compare(AlternatingRounds rounds, string process, Func<double> ours, Func<double> theirs)
    {
        double[] medians = (rounds with { WarmUps = 0 }).Medians(ours, theirs); // a new process each time
        return new($"{Name}, {process}", "TorchSharp", Unit.Megabytes, medians[0], medians[1]);
    }

    private static void SaveModel(string path)
    {
        var context = new MLContext(1);
        var schema = context.Data.LoadFromEnumerable<ReviewKeys>([]).Schema;
        context.Model.Save(RandomNetwork.Transformer(RandomNetwork.Of(NetworkA.Shape)), schema, path);
    }

    /// <summary>Runs a job in a new process; gives megabytes.</summary>
    private static double Measure(MemoryJob job, params string[] options)
    {
        var (program, first) = ThisProgram();
        var start = new ProcessStartInfo(program, [.. first, "memory", $"{job}", .. options]) { RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? long.Parse(output, CultureInfo.InvariantCulture) / 1e6
            : throw new InvalidOperationException($"The process that does {job} ended with exit code {process.ExitCode}.");
    }

    /// <summary>The program's own file, or the host with its assembly.</summary>
    private static (string Program, string[] Arguments) ThisProgram()
    {
        string program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program) == "dotnet" ? (program, [Environment.GetCommandLineArgs()[0]]) : (program, []);
    }
}
