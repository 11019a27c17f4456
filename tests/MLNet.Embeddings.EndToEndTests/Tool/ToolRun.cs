using System.Diagnostics;

namespace MLNet.Embeddings.Tests.Tool;

/// <summary>Runs the tool as a process.</summary>
internal static class ToolRun
{
    internal static string Reviews { get; } = Repository.Path("examples/data/reviews.csv");

    internal static ChildProcess Of(params IEnumerable<string> arguments) =>
        ChildProcess.Run(Repository.Program("src/MLNet.Embeddings.Tool", "mlnet-embeddings"), arguments);

    /// <summary>Runs it and asserts that all was done.</summary>
    internal static ChildProcess Done(params IEnumerable<string> arguments)
    {
        var run = Of(arguments);
        Assert.AreEqual(0, run.ExitCode, run.Output + run.Errors);
        return run;
    }

    /// <summary>Runs it with a text at its standard input and asserts that all was done.</summary>
    /// <returns>What it wrote to standard output.</returns>
    internal static string Piped(string input, params IEnumerable<string> arguments)
    {
        using var process = Start(arguments);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, output + errors.Result);
        return output;
    }

    /// <summary>Runs it, presses Ctrl+C when it has printed a line that begins so, and waits for its end.</summary>
    internal static (int ExitCode, string Output, string Errors) Interrupted(string line, params IEnumerable<string> arguments)
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("A process cannot be sent Ctrl+C here.");
        using var process = Start(arguments);
        var errors = process.StandardError.ReadToEndAsync();
        List<string> lines = [];
        while (process.StandardOutput.ReadLine() is { } read)
        {
            lines.Add(read);
            if (read.StartsWith(line, StringComparison.Ordinal)) Process.Start("kill", ["-INT", $"{process.Id}"]).WaitForExit();
        }
        process.WaitForExit();
        return (process.ExitCode, string.Join('\n', lines), errors.Result);
    }

    /// <summary>Runs it and asserts that it refuses in one line, which begins as given.</summary>
    internal static void Refused(string message, params IEnumerable<string> arguments)
    {
        var run = Of(arguments);
        Assert.AreEqual(2, run.ExitCode, run.Output + run.Errors);
        Assert.StartsWith(message, run.Errors);
        Assert.HasCount(1, run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), run.Errors);
    }

    private static Process Start(IEnumerable<string> arguments) => Process.Start(
        new ProcessStartInfo("dotnet", arguments.Prepend(Repository.Program("src/MLNet.Embeddings.Tool", "mlnet-embeddings")))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    /// <summary>A file of the real data sets; inconclusive where there are none.</summary>
    internal static string Real(string path)
    {
        string? folder = Environment.GetEnvironmentVariable("MLNET_EMBEDDINGS_DATA");
        if (string.IsNullOrEmpty(folder)) Assert.Inconclusive("MLNET_EMBEDDINGS_DATA does not name a folder of data sets.");
        return Path.Combine(folder!, path);
    }
}
