namespace MLNet.Embeddings.Benchmarks;

/// <summary>What the program was asked to do.</summary>
internal sealed record Arguments
{
    internal const string Usage = """
        Measures MLNet.Embeddings beside the same networks written by hand.

          speed [--quick] [--data FOLDER]   one table of training, scoring and memory beside the peers
          kernels [--quick]                 the kernels, by BenchmarkDotNet
          memory JOB [--model FILE]         does one job and prints its process's largest working set, in bytes;
                                            JOB is Training, TorchTraining, Scoring (needs --model) or TorchScoring

        --quick is a short run that shows that everything works; its figures mean little. FOLDER holds clothing-reviews/;
        without it, the folder that MLNET_EMBEDDINGS_DATA names. Reviews are generated where there are none.
        """;

    internal required string Command { get; init; }

    /// <summary>Whether a short run is wanted.</summary>
    internal bool Quick { get; init; }

    /// <summary>The folder of the data sets; null if none is known.</summary>
    internal string? DataFolder { get; init; } = Environment.GetEnvironmentVariable("MLNET_EMBEDDINGS_DATA");

    /// <summary>The job of <c>memory</c>.</summary>
    internal MemoryJob? Job { get; init; }

    /// <summary>The model that <see cref="MemoryJob.Scoring"/> loads.</summary>
    internal string? ModelPath { get; init; }

    /// <returns>Null if the arguments make no sense.</returns>
    internal static Arguments? Parse(ReadOnlySpan<string> args) => args switch
    {
        ["speed", .. var options] => ParseOptions(new() { Command = "speed" }, options),
        ["kernels"] => new() { Command = "kernels" },
        ["kernels", "--quick"] => new() { Command = "kernels", Quick = true },
        ["memory", nameof(MemoryJob.Scoring), "--model", var path] => new() { Command = "memory", Job = MemoryJob.Scoring, ModelPath = path },
        ["memory", nameof(MemoryJob.TorchScoring)] => new() { Command = "memory", Job = MemoryJob.TorchScoring },
        ["memory", nameof(MemoryJob.Training)] => new() { Command = "memory", Job = MemoryJob.Training },
        ["memory", nameof(MemoryJob.TorchTraining)] => new() { Command = "memory", Job = MemoryJob.TorchTraining },
        _ => null,
    };

    private static Arguments? ParseOptions(Arguments parsed, ReadOnlySpan<string> options) => options switch
    {
        [] => parsed,
        ["--quick", .. var rest] => ParseOptions(parsed with { Quick = true }, rest),
        ["--data", var folder, .. var rest] => ParseOptions(parsed with { DataFolder = folder }, rest),
        _ => null,
    };
}
