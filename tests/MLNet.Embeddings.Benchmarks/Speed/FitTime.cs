using System.Diagnostics;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>How long a fit took.</summary>
/// <param name="Whole">From the call to the trained network.</param>
/// <param name="Epochs">The epochs alone.</param>
internal readonly record struct FitTime(TimeSpan Whole, TimeSpan Epochs)
{
    /// <summary>Runs a fit of ours.</summary>
    internal static FitTime Of(Func<MultiEmbeddingTransformer> fit) => Of(() => fit().History);

    /// <summary>The same for any network.</summary>
    /// <param name="fit">Fits it and gives its history.</param>
    internal static FitTime Of(Func<TrainingHistory> fit)
    {
        long start = Stopwatch.GetTimestamp();
        var history = fit();
        return new(Stopwatch.GetElapsedTime(start), TimeSpan.FromTicks(history.Epochs.Sum(epoch => epoch.Duration.Ticks)));
    }
}
