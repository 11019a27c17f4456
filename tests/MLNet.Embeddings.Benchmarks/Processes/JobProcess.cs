using System.Diagnostics;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Does one job in a new process of this program.</summary>
internal static class JobProcess
{
    /// <param name="job">The job.</param>
    /// <param name="options">Options of the job.</param>
    internal static JobFigures Run(ProcessJob job, params string[] options)
    {
        var (program, first) = ThisProgram();
        var start = new ProcessStartInfo(program, [.. first, "process", $"{job}", .. options]) { RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JobFigures.Parse(output)
            : throw new InvalidOperationException($"The process that does {job} ended with exit code {process.ExitCode}.");
    }

    /// <summary>The program's own file, or the host with its assembly.</summary>
    private static (string Program, string[] Arguments) ThisProgram()
    {
        string program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program) == "dotnet" ? (program, [Environment.GetCommandLineArgs()[0]]) : (program, []);
    }
}
