using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TorchSharp;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Measures everything that the report shows and prints it.</summary>
internal static class SpeedReport
{
    private const int QuickDivisor = 32;

    /// <returns>The program's exit code: 2 when no measurement has the wanted name.</returns>
    internal static int Print(Arguments arguments)
    {
        LibTorch.EnsureLoaded();
        var source = ReviewSource.Open(arguments.DataFolder);
        IMeasurement[] all = [.. Measurements(source.Reviews, arguments.Quick ? QuickDivisor : 1)];
        var wanted = Array.FindAll(all, measurement => measurement.Name.Contains(arguments.Only, StringComparison.OrdinalIgnoreCase));
        if (wanted.Length == 0)
        {
            string names = string.Join("\n", all.Select(measurement => measurement.Name));
            Console.Error.WriteLine($"No measurement's name holds '{arguments.Only}'. There are:\n{names}");
            return 2;
        }

        var rounds = arguments.Quick ? new AlternatingRounds(0, 1, TimeSpan.Zero) : new AlternatingRounds(1, 5, TimeSpan.FromMilliseconds(250));
        var rows = Measure(wanted, rounds);
        PrintConditions(source, arguments.Quick);
        MarkdownTable.Write(Console.Out, rows);
        return 0;
    }

    /// <param name="reviews">Reviews for network A.</param>
    /// <param name="divisor">How many times fewer rows than in a real run.</param>
    private static IEnumerable<IMeasurement> Measurements(Review[] reviews, int divisor)
    {
        yield return new ReviewTraining("real lengths", context => IndexedReviews.Of(context, reviews, count: 2_048 / divisor),
            ("padded to 50 and 300", true, Reach.TimesBetter(10)),
            ("padded to the longest in the batch", false, Reach.TimesBetter(7)));
        yield return new ReviewTraining("title 50, body 300",
            context => IndexedReviews.Of(context, new ReviewGenerator(seed: 1).OfFullLength(512 / divisor)),
            ("without need to pad", true, Reach.TimesBetter(2)));
        yield return new VocabularyTraining(rowCount: 2_048 / divisor, termCount: 20_000 / divisor, growth: 25);
        yield return new EncoderTraining("LSTMs", rowCount: 1_024 / divisor, units => SequenceEncoder.Lstm(units));
        yield return new EncoderTraining("convolutions", rowCount: 1_024 / divisor, units => SequenceEncoder.Convolution(filters: units));
        yield return new TableTraining(rowCount: 32_768 / divisor, batchSize: 32, cached: false, Reach.TimesBetter(10));
        yield return new TableTraining(rowCount: 262_144 / divisor, batchSize: 1_024, cached: false, Reach.TimesBetter(3));
        yield return new TableTraining(rowCount: 262_144 / divisor, batchSize: 1_024, cached: true, Reach.TimesBetter(3));
        yield return new HeadTraining("an ensemble of 16", rowCount: 32_768 / divisor, options => options with { EnsembleSize = 16 });
        yield return new HeadTraining("layer normalisation", rowCount: 65_536 / divisor, options => options with { Normalization = Normalization.Layer });
        yield return new HeadTraining("Silu", rowCount: 65_536 / divisor, options => options with { Activation = ActivationFunction.Silu });
        yield return new ClassTraining(stepCount: 64 / divisor);
        yield return new ClassValidation(rowCount: Math.Max(ClassValidation.BatchSize, 4_096 / divisor));
        yield return new SentenceTraining(rowCount: Math.Max(16, 256 / divisor), batchSize: 32, attention: false);
        yield return new SentenceTraining(rowCount: Math.Max(16, 256 / divisor), batchSize: 32, attention: true);
        yield return new FitsAtOnce(reviewCount: 1_024 / divisor, rowCount: 32_768 / divisor);
        yield return new RowGrowth<ReviewKeys>("A", batchSize: 32, NetworkA.Trainer,
            new ReviewGenerator(seed: 1).OfRealLengths, timedCount: 1_024 / divisor,
            new ReviewGenerator(seed: 1).OneOverAndOver, heldCount: 16_384 / divisor, row => sizeof(uint) * (row.Title.Length + row.Body.Length + 1));
        yield return new RowGrowth<TableRow>("B", batchSize: 1_024 / divisor, NetworkB.Trainer,
            count => TableRow.Generate(count, seed: 1), timedCount: 131_072 / divisor,
            count => TableRow.Generate(count, seed: 1), heldCount: 131_072 / divisor, _ => sizeof(uint) * 4);
        yield return new Indexing(reviews[..(reviews.Length / divisor)]);
        yield return new LargeVocabulary(1_000_000 / divisor);
        yield return new NeighborSearching(1_000_000 / divisor);

        foreach (var scoring in ScoringMeasurements.Of(reviews, divisor)) yield return scoring;
        yield return new ScoringProcess();
        yield return new TrainingMemory();
        yield return new KernelRates();
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
            {RuntimeInformation.OSDescription}. Reviews of real lengths: {source.Description}.{(quick ? " A quick run: the figures mean little." : "")}
            Ours and the peers in turn; medians over the rounds. A whole fit of ours reads the view (reviews of real lengths: and cuts text into tokens and
            looks them up; the vocabularies are given), makes the network, trains one epoch and makes the transformer ready to score. A whole fit of a peer
            makes the network and trains one epoch on keys that lie in memory. Scoring starts from keys on both sides; the peers' batches have 256 rows,
            padded to the longest; their probabilities were checked to equal ours. Indexing: ours also lower-cases, leaves out punctuation and counts words;
            the peer's fit keeps words as they come, and reads on no column that has all its keys. Load and first prediction: measured inside a new process,
            from when its rows are made to its first score; torch's loads the native library and makes a network of random weights. Memory of the data: what
            the garbage collector counts after a fit's first step, less the same of a fit to one batch. Memory of validating: all that the fit allocates,
            which its peak cannot exceed. Beside the torch engine and with TorchSharp ours trains without torch, on all cores; the torch engine's losses were
            checked to equal ours. Fits at once: network B learns for as many epochs as take about as long as network A's one. Kernels: the operations of
            their products alone; beside the peak, times better is the share of it that is reached.

            """);
    }
}
