using System.Diagnostics;
using MLNet.Embeddings.Processes;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Does one job in a new process of this program.</summary>
internal static class JobProcess
{
    /// <param name="job">The job.</param>
    /// <param name="options">Options of the job.</param>
    internal static JobFigures Run(ProcessJob job, params string[] options)
    {
        using var process = Process.Start(ThisProgram.Start(["process", $"{job}", .. options]))!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JobFigures.Parse(output)
            : throw new InvalidOperationException($"The process that does {job} ended with exit code {process.ExitCode}.");
    }
}
