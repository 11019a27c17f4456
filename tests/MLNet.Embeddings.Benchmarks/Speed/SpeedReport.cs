using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TorchSharp;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Measures everything that the report shows and prints it.</summary>
internal static class SpeedReport
{
    internal static void Print(Arguments arguments)
    {
        LibTorch.EnsureLoaded();
        var source = ReviewSource.Open(arguments.DataFolder);
        var rounds = arguments.Quick ? new AlternatingRounds(0, 1, TimeSpan.Zero) : new AlternatingRounds(1, 5, TimeSpan.FromMilliseconds(250));
        var rows = Measure(Measurements(source.Reviews, arguments.Quick ? 32 : 1), rounds);
        PrintConditions(source, arguments.Quick);
        MarkdownTable.Write(Console.Out, rows);
    }

    /// <param name="reviews">What network A learns from.</param>
    /// <param name="divisor">How many times fewer rows than in a real run.</param>
    private static IEnumerable<IMeasurement> Measurements(Review[] reviews, int divisor)
    {
        var networkA = RandomNetwork.Of(NetworkA.Shape);
        var networkB = RandomNetwork.Of(NetworkB.Shape);
        var generator = new ReviewGenerator(seed: 1);

        yield return new ReviewTraining(reviews, rowCount: 2_048 / divisor);
        yield return new TableTraining(rowCount: 32_768 / divisor, batchSize: 32);
        yield return new TableTraining(rowCount: 262_144 / divisor, batchSize: 1_024);
        yield return ScoringOfReviews(title: 4, body: 60, singleCount: 256 / divisor);
        yield return ScoringOfReviews(NetworkA.TitleLength, NetworkA.BodyLength, singleCount: 32 / divisor);
        yield return new Scoring<TableRow>(
            "network B", networkB, TorchTableNetwork.Of, TableRow.Generate(8_192 / divisor, seed: 2), singleCount: 2_048 / divisor);
        yield return new MemoryComparison();

        Scoring<ReviewKeys> ScoringOfReviews(int title, int body, int singleCount) => new(
            $"network A, title {title}, body {body}", networkA, network => TorchReviewNetwork.Of(network, fixedLength: false),
            generator.OfLength(256 / divisor, title, body), singleCount);
    }

    private static List<Comparison> Measure(IEnumerable<IMeasurement> measurements, AlternatingRounds rounds)
    {
        var rows = new List<Comparison>();
        foreach (var measurement in measurements)
        {
            Console.Error.WriteLine($"{DateTime.Now:HH:mm:ss} {measurement.Name}");
            rows.AddRange(measurement.Run(rounds));
        }
        return rows;
    }

    private static void PrintConditions(ReviewSource source, bool quick)
    {
        int bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        Console.WriteLine($"""
            {Environment.ProcessorCount} cores, vectors of {bits} bits, torch with {torch.get_num_threads()} threads; {RuntimeInformation.FrameworkDescription},
            {RuntimeInformation.OSDescription}. Training of network A: {source.Description}.{(quick ? " A quick run: the figures mean little." : "")}
            Ours and the peers in turn; medians over the rounds. A whole fit of ours reads the view (network A: and cuts text into tokens and looks them
            up; the vocabularies are given), makes the network, trains one epoch and makes the transformer ready to score. A whole fit of a peer makes the
            network and trains one epoch on keys that lie in memory. Scoring starts from keys on both sides; the peer's batches have 256 rows.

            """);
    }
}
