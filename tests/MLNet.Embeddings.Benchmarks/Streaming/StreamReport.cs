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
            Console.Error.WriteLine($"{DateTime.Now:HH:mm:ss} streamed");
            var streamed = JobProcess.Run(ProcessJob.SalesFit, "--file", path, "--buffer", arguments.BufferRows.ToString(CultureInfo.InvariantCulture));
            Console.Error.WriteLine($"{DateTime.Now:HH:mm:ss} in memory");
            var held = JobProcess.Run(ProcessJob.SalesFit, "--file", path);
            Print(arguments, new FileInfo(path).Length, streamed, held);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(StreamArguments arguments, long bytes, JobFigures streamed, JobFigures held)
    {
        double Rate(JobFigures figures) => arguments.Rows / figures.FirstResult.TotalSeconds;
        var culture = CultureInfo.InvariantCulture;
        double share = Rate(streamed) / Rate(held), megabytes = streamed.PeakBytes / 1e6;
        Console.WriteLine(string.Create(culture, $"""
            A file of {arguments.Rows:N0} rows and {bytes / 1e6:N0} MB: two categories, three numbers, a short text. {Environment.ProcessorCount} cores.
            Rows a second of the quicker of two epochs, validation included; a buffer of {arguments.BufferRows:N0} rows.

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
internal sealed record StreamArguments(int Rows = 10_000_000, int BufferRows = 100_000)
{
    /// <returns>Null if the arguments make no sense.</returns>
    internal static StreamArguments? Parse(ReadOnlySpan<string> options) => Parse(new(), options);

    private static StreamArguments? Parse(StreamArguments parsed, ReadOnlySpan<string> options) => options switch
    {
        [] => parsed,
        ["--rows", var number, .. var rest] when int.TryParse(number, out int rows) && rows > 0 => Parse(parsed with { Rows = rows }, rest),
        ["--buffer", var number, .. var rest] when int.TryParse(number, out int rows) && rows > 0 => Parse(parsed with { BufferRows = rows }, rest),
        _ => null,
    };
}
