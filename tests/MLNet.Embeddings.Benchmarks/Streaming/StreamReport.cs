using System.Globalization;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>A fit that streams a large file beside one that holds it in memory, each in its own process: speed of the epochs, largest working set.</summary>
internal static class StreamReport
{
    private const double MostMegabytes = 1_000, LeastSpeed = 0.8;

    internal static int Print(StreamArguments arguments)
    {
        string folder = Directory.CreateTempSubdirectory("mlnet-embeddings-").FullName;
        try
        {
            string path = Path.Combine(folder, "sales.tsv");
            Console.Error.WriteLine($"{DateTime.Now:HH:mm:ss} writing {arguments.Rows:N0} rows");
            SalesFile.Write(path, arguments.Rows);
            string buffer = arguments.BufferRows.ToString(CultureInfo.InvariantCulture);
            var figures = new AlternatingRounds(WarmUps: 0, arguments.Rounds, TimeSpan.Zero).Run(
                () => Fit("streamed", "--file", path, "--buffer", buffer), () => Fit("in memory", "--file", path));
            Print(arguments, new FileInfo(path).Length, Best(figures[0]), Best(figures[1]));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static JobFigures Fit(string way, params string[] options)
    {
        Console.Error.WriteLine($"{DateTime.Now:HH:mm:ss} {way}");
        return JobProcess.Run(ProcessJob.SalesFit, options);
    }

    /// <summary>The quickest epoch, and the most memory.</summary>
    private static JobFigures Best(JobFigures[] rounds) => new(rounds.Min(round => round.FirstResult), rounds.Max(round => round.PeakBytes));

    private static void Print(StreamArguments arguments, long bytes, JobFigures streamed, JobFigures held)
    {
        double Rate(JobFigures figures) => arguments.Rows / figures.FirstResult.TotalSeconds;
        var culture = CultureInfo.InvariantCulture;
        double share = Rate(streamed) / Rate(held), megabytes = streamed.PeakBytes / 1e6;
        Console.WriteLine(string.Create(culture, $"""
            A file of {arguments.Rows:N0} rows and {bytes / 1e6:N0} MB: two categories, three numbers, a short text. {Environment.ProcessorCount} cores.
            Rows a second of the quickest of two epochs in each of {arguments.Rounds} rounds in turn, validation included; a buffer of
            {arguments.BufferRows:N0} rows. Peak memory is the most of all rounds.

            | fit | rows/s | peak memory |
            |---|--:|--:|
            | streamed | {Rate(streamed):N0} | {megabytes:N0} MB |
            | in memory | {Rate(held):N0} | {held.PeakBytes / 1e6:N0} MB |

            Speed {share:P0} of that in memory, at least {LeastSpeed:P0} wanted: {(share >= LeastSpeed ? "reached" : "not reached")}.
            Peak memory {megabytes:N0} MB, at most {MostMegabytes:N0} MB wanted: {(megabytes <= MostMegabytes ? "reached" : "not reached")}.
            """));
    }
}

/// <summary>What <c>stream</c> was asked to do.</summary>
/// <param name="Rows">Rows of the file.</param>
/// <param name="BufferRows">Rows that the streamed fit has in memory at a time.</param>
/// <param name="Rounds">How often each fit is made.</param>
internal sealed record StreamArguments(int Rows = 10_000_000, int BufferRows = 100_000, int Rounds = 1)
{
    /// <returns>Null if the arguments make no sense.</returns>
    internal static StreamArguments? Parse(ReadOnlySpan<string> options) => Parse(new(), options);

    private static StreamArguments? Parse(StreamArguments parsed, ReadOnlySpan<string> options) => options switch
    {
        [] => parsed,
        ["--rows", var number, .. var rest] when int.TryParse(number, out int rows) && rows > 0 => Parse(parsed with { Rows = rows }, rest),
        ["--buffer", var number, .. var rest] when int.TryParse(number, out int rows) && rows > 0 => Parse(parsed with { BufferRows = rows }, rest),
        ["--rounds", var number, .. var rest] when int.TryParse(number, out int rounds) && rounds > 0 => Parse(parsed with { Rounds = rounds }, rest),
        _ => null,
    };
}
