using System.Diagnostics;
using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Fits of network A and network B at once, on a thread each, beside one after the other.</summary>
/// <param name="reviewCount">Reviews that network A learns from; network B learns for as many epochs as take about as long.</param>
/// <param name="rowCount">Rows that network B learns from.</param>
internal sealed class FitsAtOnce(int reviewCount, int rowCount) : IMeasurement
{
    public string Name => "fits of networks A and B at once, a thread each";

    public IEnumerable<Comparison> Run(AlternatingRounds rounds)
    {
        var context = new MLContext(1);
        var reviews = context.Data.LoadFromEnumerable(new ReviewGenerator(seed: 1).OfRealLengths(reviewCount));
        var rows = context.Data.LoadFromEnumerable(TableRow.Generate(rowCount, seed: 1));
        void FitReviews() => NetworkA.Trainer(context, OneThread(batchSize: 32)).Fit(reviews);
        void FitRows(int epochs) => NetworkB.Trainer(context, OneThread(batchSize: 256) with { MaxEpochs = epochs }).Fit(rows);

        int epochs = Epochs(FitReviews, FitRows);
        double[] medians = rounds.Medians(
            () => Seconds(() => Parallel.Invoke(FitReviews, () => FitRows(epochs))),
            () => Seconds(() =>
            {
                FitReviews();
                FitRows(epochs);
            }));
        return [new(Name, "one after the other", Unit.Seconds, medians[0], medians[1], Reach.TimesBetter(1.8))];
    }

    /// <summary>Epochs of one network that take as long as one epoch of the other.</summary>
    private static int Epochs(Action fitReviews, Action<int> fitRows)
    {
        const int Several = 5;
        fitReviews();
        fitRows(1);
        double reviews = Seconds(fitReviews), one = Seconds(() => fitRows(1)), each = (Seconds(() => fitRows(1 + Several)) - one) / Several;
        return each > 0 ? Math.Max(1, 1 + (int)Math.Round((reviews - one) / each)) : 1;
    }

    private static MultiEmbeddingOptions OneThread(int batchSize) => PlainOptions.OneEpoch(batchSize) with { NumberOfThreads = 1 };

    private static double Seconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
