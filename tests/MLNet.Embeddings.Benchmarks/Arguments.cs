namespace MLNet.Embeddings.Benchmarks;

/// <summary>What the program was asked to do.</summary>
internal sealed record Arguments
{
    internal const string Usage = """
        Measures MLNet.Embeddings beside the same networks written by hand.

          speed [--quick] [--only PART] [--data FOLDER]
                                            one table of training, scoring, memory and kernels beside the peers
          suite [--data FOLDER] [--effort quick|normal|thorough] [--only NAME[,NAME...]] [--inside] [--unnamed] [--peers] [--baselines FILE]
                                            a line a set of suite/sets.txt in FOLDER: raw columns named by kind, or with --unnamed the label alone, and
                                            the library's defaults, beside baselines; then a summary. By the test files, or with --inside by every fifth
                                            row of the training files, trained on the others. Inside, baselines are the best of what ML.NET offers; on
                                            test files, those of sets.txt, with LightGBM for its time and, stronger, beside tables. What is computed is
                                            kept with its seconds in FILE, suite-baselines.txt beside the program if not given, until its line is taken out.
                                            --peers computes all of ML.NET's and nothing of ours
          onnx [--data FOLDER] [--only NAME[,NAME...]]
                                            a line a set of the suite: the model that defaults make of 3,000 rows as an ONNX file, and whether its scores
                                            of test rows in ONNX Runtime are those of the model
          addition [--quick] [--seed NUMBER]
                                            how many unseen sums encoder-decoders get right that learn to add digits
          sequences [--quick] [--only PART] [--data FOLDER] [--seed NUMBER] [--validate]
                                            what encoder-decoders of real pairs reach by plain defaults, on rows that were not trained on: exact matches, token
                                            error and seconds; FOLDER holds g2p-small/ and eng-fra/; --validate holds a tenth of the other rows out
          stream [--rows NUMBER] [--buffer ROWS] [--rounds NUMBER]
                                            a fit that streams a made-up file of NUMBER rows, 10,000,000 if not given, with ROWS of them in memory at a time,
                                            100,000 if not given, beside a fit that holds the file in memory, in one or more rounds in turn: rows a second of
                                            their epochs, peak memory
          rounds [--quick] [--only PART] [--data FOLDER] [--seeds NUMBER] [--steps NUMBER] [--validate]
                                            training by workers: traffic, the bytes of a round; scale, how training would go on many machines;
                                            and the quality of sets beside one process, over seeds, with --steps a round, by the test files
                                            or with --validate by rows held out of the training files
          kernels [--quick]                 the kernels, by BenchmarkDotNet
          process JOB [--model FILE] [--file FILE] [--buffer ROWS]
                                            does one job and prints the ticks of 100 ns to its first result and its process's largest
                                            working set in bytes; JOB is Training, TorchTraining, TorchScoring, Scoring, PlainPipeline or
                                            SalesFit; Scoring and PlainPipeline need --model, SalesFit needs --file

        --quick is a short run that shows that everything works; its figures mean little. PART is a part of the names of measurements, such as
        training, scoring, "network B" or memory. FOLDER holds suite/, adult/, clothing-reviews/, github-issues/ and taxi-fare/; without it, the folder
        that MLNET_EMBEDDINGS_DATA names. For speed, reviews are generated where there are none.
        """;

    internal required string Command { get; init; }

    /// <summary>Whether a short run is wanted.</summary>
    internal bool Quick { get; init; }

    /// <summary>What the names of the wanted measurements hold; of all, nothing.</summary>
    internal string Only { get; init; } = "";

    /// <summary>The folder of the data sets; null if none is known.</summary>
    internal string? DataFolder { get; init; } = Environment.GetEnvironmentVariable("MLNET_EMBEDDINGS_DATA");

    /// <summary>Seed of models.</summary>
    internal int Seed { get; init; } = 1;

    /// <summary>Number of seeds that figures are means over.</summary>
    internal int Seeds { get; init; } = 6;

    /// <summary>Steps of a worker in a round.</summary>
    internal int StepsPerRound { get; init; } = 1;

    /// <summary>Whether to judge by rows held out of the training files.</summary>
    internal bool Validates { get; init; }

    /// <summary>What <c>suite</c> is to do.</summary>
    internal SuiteArguments? Suite { get; init; }

    /// <summary>The job of <c>process</c>.</summary>
    internal ProcessJob? Job { get; init; }

    /// <summary>The model or the data that some jobs load.</summary>
    internal string? Path { get; init; }

    /// <summary>Rows that a fit has in memory at a time; null for all.</summary>
    internal int? BufferRows { get; init; }

    /// <summary>What <c>stream</c> is to do.</summary>
    internal StreamArguments? Stream { get; init; }

    /// <returns>Null if the arguments make no sense.</returns>
    internal static Arguments? Parse(ReadOnlySpan<string> args) => args switch
    {
        ["speed", .. var options] => ParseOptions(new() { Command = "speed" }, options),
        ["addition", .. var options] => ParseOptions(new() { Command = "addition" }, options),
        ["suite", .. var options] when SuiteArguments.Parse(options) is { } suite => new() { Command = "suite", Suite = suite },
        ["onnx", .. var options] when SuiteArguments.Parse(options) is { } suite => new() { Command = "onnx", Suite = suite },
        ["sequences", .. var options] => ParseOptions(new() { Command = "sequences" }, options),
        ["stream", .. var options] when StreamArguments.Parse(options) is { } stream => new() { Command = "stream", Stream = stream },
        ["rounds", .. var options] => ParseOptions(new() { Command = "rounds" }, options),
        ["kernels"] => new() { Command = "kernels" },
        ["kernels", "--quick"] => new() { Command = "kernels", Quick = true },
        ["process", nameof(ProcessJob.Scoring), "--model", var path] => Process(ProcessJob.Scoring, path),
        ["process", nameof(ProcessJob.PlainPipeline), "--model", var path] => Process(ProcessJob.PlainPipeline, path),
        ["process", nameof(ProcessJob.TorchScoring)] => Process(ProcessJob.TorchScoring),
        ["process", nameof(ProcessJob.Training)] => Process(ProcessJob.Training),
        ["process", nameof(ProcessJob.TorchTraining)] => Process(ProcessJob.TorchTraining),
        ["process", nameof(ProcessJob.SalesFit), "--file", var path] => Process(ProcessJob.SalesFit, path),
        ["process", nameof(ProcessJob.SalesFit), "--file", var path, "--buffer", var number] when int.TryParse(number, out int rows) =>
            Process(ProcessJob.SalesFit, path) with { BufferRows = rows },
        _ => null,
    };

    private static Arguments Process(ProcessJob job, string? path = null) => new() { Command = "process", Job = job, Path = path };

    private static Arguments? ParseOptions(Arguments parsed, ReadOnlySpan<string> options) => options switch
    {
        [] => parsed,
        ["--quick", .. var rest] => ParseOptions(parsed with { Quick = true }, rest),
        ["--only", var part, .. var rest] => ParseOptions(parsed with { Only = part }, rest),
        ["--data", var folder, .. var rest] => ParseOptions(parsed with { DataFolder = folder }, rest),
        ["--seed", var number, .. var rest] when int.TryParse(number, out int seed) => ParseOptions(parsed with { Seed = seed }, rest),
        ["--seeds", var number, .. var rest] when int.TryParse(number, out int seeds) => ParseOptions(parsed with { Seeds = seeds }, rest),
        ["--steps", var number, .. var rest] when int.TryParse(number, out int steps) => ParseOptions(parsed with { StepsPerRound = steps }, rest),
        ["--validate", .. var rest] => ParseOptions(parsed with { Validates = true }, rest),
        _ => null,
    };
}
