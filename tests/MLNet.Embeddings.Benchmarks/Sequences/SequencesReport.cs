using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Trains encoder-decoders on real pairs by plain defaults, and prints how many unseen targets they find.</summary>
internal static class SequencesReport
{
    private const int QuickRows = 1_000;

    /// <returns>The program's exit code: 2 when there is no data, or no set of the wanted name.</returns>
    internal static int Print(Arguments arguments)
    {
        PairSet[] sets = [.. PairSet.All.Where(set => set.Name.Contains(arguments.Only, StringComparison.OrdinalIgnoreCase))];
        if (sets.Length == 0)
        {
            Console.Error.WriteLine($"No set's name holds '{arguments.Only}'. There are:\n{string.Join("\n", PairSet.All.Select(set => set.Name))}");
            return 2;
        }
        if (arguments.DataFolder is not { } folder || !Directory.Exists(folder))
        {
            Console.Error.WriteLine("Give the folder of the data sets: --data FOLDER, or the variable MLNET_EMBEDDINGS_DATA.");
            return 2;
        }
        Console.WriteLine($"""
            {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, seed {arguments.Seed}. Judged by {(arguments.Validates
                ? "rows held out of those to train on."
                : "the test file, or every tenth row where there is none.")}{(arguments.Quick ? " A quick run: the figures mean little." : "")}

            | set | rows to train on | rows to judge by | exact match | token error | fit, s | of all cores, s | decoding of a row, ms |
            |---|--:|--:|--:|--:|--:|--:|--:|
            """);
        foreach (var set in sets) PrintSet(set, folder, arguments);
        return 0;
    }

    private static void PrintSet(PairSet set, string folder, Arguments arguments)
    {
        var (train, test) = set.Load(folder, arguments.Validates);
        if (arguments.Quick) (train, test) = (train[..QuickRows], test[..Math.Min(test.Length, QuickRows)]);
        var context = new MLContext(arguments.Seed);
        var options = arguments.Quick ? set.Options with { MaxEpochs = 1 } : set.Options;

        var (start, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var model = context.Transforms.Text.SequenceToSequence("Output", nameof(SequencePair.Source), nameof(SequencePair.Target), options)
            .Fit(context.Data.LoadFromEnumerable(train));
        var (fit, work) = (Stopwatch.GetElapsedTime(start), Environment.CpuUsage.TotalTime - before);
        start = Stopwatch.GetTimestamp();
        var metrics = context.EvaluateSequences(model.Transform(context.Data.LoadFromEnumerable(test)), "Output");
        double decoding = Stopwatch.GetElapsedTime(start).TotalMilliseconds / test.Length;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {set.Name} | {train.Length} | {test.Length} | {metrics.ExactMatch:P1} | {metrics.TokenErrorRate:P1} | " +
            $"{fit.TotalSeconds:F0} | {work.TotalSeconds:F0} | {decoding:F1} |"));
    }
}

/// <summary>A data set of sequences and what is to be made of them.</summary>
/// <param name="Name">Name of the folder, and of the files in it.</param>
/// <param name="HasTestFile">Whether there is a file to judge by.</param>
/// <param name="Options">How text is cut; all else by default.</param>
internal sealed record PairSet(string Name, bool HasTestFile, SequenceToSequenceOptions Options)
{
    private const int HeldOut = 10;

    internal static PairSet[] All { get; } =
    [
        new("g2p-small", true, new() { SourceTokens = new() { Split = TokenSplit.Character }, TargetTokens = new() { Split = TokenSplit.Whitespace } }),
        new("eng-fra", false, new()),
    ];

    /// <summary>The rows to train on and those to judge by: of the test file, else every tenth; or, to choose settings by, a tenth of the former.</summary>
    internal (SequencePair[] Train, SequencePair[] Test) Load(string folder, bool validates)
    {
        var (train, test) = HasTestFile ? (Read(folder, "train"), Read(folder, "test")) : Deal(Read(folder, "train"));
        return validates ? Deal(train) : (train, test);
    }

    private SequencePair[] Read(string folder, string part) =>
    [
        .. from line in File.ReadLines(Path.Combine(folder, Name, $"{Name}-{part}.tsv")).Skip(1)
           let fields = line.Split('\t')
           select new SequencePair { Source = fields[0], Target = fields[1] },
    ];

    private static (SequencePair[] Train, SequencePair[] Test) Deal(SequencePair[] rows) =>
        ([.. rows.Where((_, row) => !IsHeldOut(row))], [.. rows.Where((_, row) => IsHeldOut(row))]);

    private static bool IsHeldOut(int row) => row % HeldOut == HeldOut - 1;
}

/// <summary>A row of a <see cref="PairSet"/>.</summary>
internal sealed class SequencePair
{
    public string Source { get; set; } = "";

    public string Target { get; set; } = "";
}
