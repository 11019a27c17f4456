using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>What a round of one worker costs, measured.</summary>
/// <param name="Worker">Seconds that the worker is at work.</param>
/// <param name="Coordinator">Seconds that the coordinator is, for this worker.</param>
/// <param name="Bytes">Bytes that go to the worker or come from it, whichever are more.</param>
internal sealed record RoundCosts(double Worker, double Coordinator, double Bytes)
{
    /// <summary>Measures an epoch over rows with batches of so many.</summary>
    internal static RoundCosts Measure(MultiEmbeddingOptions options, Func<MLContext, IDataView> rows, int batchRows, RoundOptions rounds)
    {
        var context = new MLContext(seed: 1);
        using var local = new LocalTransport(context, [rows(context)]);
        var timed = new TimedTransport(local);
        var settings = options with { BatchSize = batchRows, MaxEpochs = 2, ValidationFraction = 0, NumberOfThreads = 1 };
        var history = new ShardedFit(context, settings, rounds, timed).Run().History;
        double all = history.Epochs.Sum(epoch => epoch.Duration.TotalSeconds), count = history.Rounds!.Rounds, worker = timed.Trained.TotalSeconds;
        return new(worker / count, Math.Max(0, all - worker) / count, Math.Max(history.Rounds.BytesSent, history.Rounds.BytesReceived));
    }
}
