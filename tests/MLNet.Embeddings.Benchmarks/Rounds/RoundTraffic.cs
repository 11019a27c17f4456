using System.Globalization;
using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>What goes to a worker and comes from it in a round, for network A with full tables.</summary>
/// <param name="arguments">Which reviews.</param>
internal sealed class RoundTraffic(Arguments arguments)
{
    private const int BatchRows = 64;

    private static readonly (int Workers, bool Half)[] Cases = [(2, false), (4, false), (8, false), (4, true)];

    internal void Print()
    {
        var source = ReviewSource.Open(arguments.DataFolder);
        var reviews = arguments.Quick ? source.Reviews[..1_000] : source.Reviews;
        Console.WriteLine($"Bytes of a round for a worker, network A, batches of {BatchRows} rows of all workers together, {source.Description}");
        Console.WriteLine();
        Console.WriteLine("| workers | numbers | model | to a worker | of the model | from a worker | of the model |");
        Console.WriteLine("|--:|---|--:|--:|--:|--:|--:|");
        foreach (var (workers, half) in Cases)
        {
            var history = Fit(reviews, workers, half);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {workers} | {(half ? "16 bits" : "32 bits")} | {Mega(history.ModelBytes)} | {Mega(history.BytesSent)} | " +
                $"{history.BytesSent / history.ModelBytes:P1} | {Mega(history.BytesReceived)} | {history.BytesReceived / history.ModelBytes:P1} |"));
        }
    }

    private static string Mega(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F2} MB");

    /// <summary>Network A, trained by workers.</summary>
    internal static MultiEmbeddingOptions Options => new()
    {
        Labels = [LabelColumn.Binary(nameof(Review.Label))],
        Columns =
        [
            InputColumn.Sequence(nameof(Review.Title), NetworkA.TitleDimensions, SequenceEncoder.Gru(NetworkA.TitleUnits)),
            InputColumn.Sequence(nameof(Review.Body), NetworkA.BodyDimensions, SequenceEncoder.Gru(NetworkA.BodyUnits)),
        ],
        HiddenUnits = [],
        BatchSize = BatchRows,
        MaxEpochs = 1,
        Seed = 1,
    };

    /// <summary>Reviews as it reads them.</summary>
    internal static Func<MLContext, IDataView> Indexed(Review[] reviews)
    {
        var context = new MLContext(seed: 1);
        var view = context.Data.LoadFromEnumerable(reviews);
        var indexed = NetworkA.Indexing(context).Fit(view).Transform(view);
        return _ => indexed;
    }

    private static RoundHistory Fit(Review[] reviews, int workers, bool half)
    {
        var context = new MLContext(seed: 1);
        var indexed = NetworkA.Indexing(context).Fit(context.Data.LoadFromEnumerable(reviews));
        var chunks = reviews.Chunk((reviews.Length + workers - 1) / workers);
        IDataView[] parts = [.. chunks.Select(part => indexed.Transform(context.Data.LoadFromEnumerable(part)))];
        using var transport = new LocalTransport(context, parts);
        return new ShardedFit(context, Options, new RoundOptions { HalfPrecision = half }, transport).Run().History.Rounds!;
    }
}
