using System.Globalization;
using Cluster;

namespace MLNet.Embeddings.Robustness;

/// <summary>What the program was asked to do.</summary>
internal sealed record Arguments
{
    internal const string Usage = """
        Hunts for input, files and moments at which MLNet.Embeddings fails in a way that its documentation does not name.

          inputs                    each kind of column, in training, validation and scoring, by views, frames and engines, with each kind of bad data:
                                    the result is an error that names the column and a cure, or finite scores
          random N                  N random networks with random options and data: one seed gives the same bits, a loaded model and a resumed training
                                    too; the history says what an evaluation says; the torch engine computes what the kernels compute
          onnx N                    N random networks as ONNX files: their scores in ONNX Runtime are those of the networks, to 1e-5
          fits N                    N small fits of every kind, half of them cancelled or failing at a random step: no memory, thread or tensor is left,
                                    and a fit after them gives the same bits as one alone
          fuzz FILES SECONDS        loads and scores altered model files, checkpoints and files of vectors, FILES of them or for SECONDS: documented
                                    exceptions only, in bounded memory and time. --replay FILE does so with one file that a run has kept
          kill N                    kills a process N times that trains with checkpoints, saves models and grows a vocabulary: each file is whole at any
                                    moment, and what is resumed ends as if it had not been killed
          cluster N                 N times three processes train on 12 shards and score them, of which one is killed at a random moment of each: the model
                                    is that of an undisturbed cluster, and each row is scored once
          overhead N                N fits by two processes of one core beside as many by one of two cores, in turn
          memory                    the memory of the silo that coordinates a fit of a large table, above that of another silo, for few rows and for many
          soak MINUTES              scores on eight threads, while another process saves the model every second and it is loaded again: the scores are
                                    those of one thread, and memory stays as it is after the first tenth of the time

        --seed NUMBER begins at another case; --folder FOLDER keeps the files of finds there, by default in the folder "finds". Cases are numbered: one
        that failed is repeated by its number as --seed and an N of 1. The exit code is 1 if there are finds.
        """;

    internal required string Command { get; init; }

    /// <summary>How many cases.</summary>
    internal int Count { get; init; }

    /// <summary>How long at most.</summary>
    internal TimeSpan Duration { get; init; } = TimeSpan.MaxValue;

    /// <summary>Number of the first case.</summary>
    internal int Seed { get; init; }

    /// <summary>Where files of finds are kept, and files that processes share.</summary>
    internal string Folder { get; init; } = "finds";

    /// <summary>The file to load again.</summary>
    internal string? Replayed { get; init; }

    /// <returns>Null if the arguments make no sense.</returns>
    internal static Arguments? Parse(ReadOnlySpan<string> args) => args switch
    {
        ["memory"] => new() { Command = args[0] },
        ["inputs", .. var options] => Options(new() { Command = "inputs" }, options),
        ["random" or "onnx" or "fits" or "kill" or "cluster" or "overhead", var count, .. var options] when Number(count) is { } n =>
            Options(new() { Command = args[0], Count = (int)n }, options),
        ["fuzz", "--replay", var file] => new() { Command = "fuzz", Replayed = file },
        ["fuzz" or WorkerCommands.Fuzz, var count, var seconds, .. var options] when (Number(count), Number(seconds)) is ({ } n, { } s) =>
            Options(new() { Command = args[0], Count = (int)n, Duration = TimeSpan.FromSeconds(s) }, options),
        ["soak", var minutes, .. var options] when Number(minutes) is { } m => Options(new() { Command = "soak", Duration = TimeSpan.FromMinutes(m) }, options),
        [SiloProcess.Role, ..] => new() { Command = SiloProcess.Role },
        [WorkerCommands.Generations or WorkerCommands.Writer, .. var options] => Options(new() { Command = args[0] }, options),
        _ => null,
    };

    private static Arguments? Options(Arguments parsed, ReadOnlySpan<string> options) => options switch
    {
        [] => parsed,
        ["--seed", var number, .. var rest] when Number(number) is { } seed => Options(parsed with { Seed = (int)seed }, rest),
        ["--folder", var folder, .. var rest] => Options(parsed with { Folder = folder }, rest),
        _ => null,
    };

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number < int.MaxValue ? number : null;
}

/// <summary>What the program has its own processes do.</summary>
internal static class WorkerCommands
{
    internal const string Fuzz = "fuzz-worker", Generations = "kill-worker", Writer = "soak-writer";
}
