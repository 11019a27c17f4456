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

    /// <summary>Runs it and asserts that it refuses in one line, which begins as given.</summary>
    internal static void Refused(string message, params IEnumerable<string> arguments)
    {
        var run = Of(arguments);
        Assert.AreEqual(2, run.ExitCode, run.Output + run.Errors);
        Assert.StartsWith(message, run.Errors);
        Assert.HasCount(1, run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), run.Errors);
    }

    /// <summary>A file of the real data sets; inconclusive where there are none.</summary>
    internal static string Real(string path)
    {
        string? folder = Environment.GetEnvironmentVariable("MLNET_EMBEDDINGS_DATA");
        if (string.IsNullOrEmpty(folder)) Assert.Inconclusive("MLNET_EMBEDDINGS_DATA does not name a folder of data sets.");
        return Path.Combine(folder!, path);
    }
}
