using System.Diagnostics;

namespace MLNet.Embeddings;

/// <summary>A client's side of a run.</summary>
/// <param name="grains">The cluster.</param>
internal sealed class ScoringClient(IGrainFactory grains)
{
    /// <summary>A coordinator answers in a second; one that does not in this time is asked anew, wherever it is then.</summary>
    private static readonly TimeSpan AnswerWait = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan EndWait = TimeSpan.FromSeconds(15);

    /// <summary>Has all shards scored, and waits for that.</summary>
    /// <param name="model">The model's file.</param>
    /// <param name="shards">The rows.</param>
    /// <param name="output">Folder of the scores.</param>
    /// <param name="options">What is written.</param>
    /// <param name="progress">Told how far it is, about once a second.</param>
    /// <param name="cancellation">Ends the run.</param>
    internal async Task<ScoringResult> ScoreAsync(
        byte[] model, Shards shards, string output, ScoringOptions options, IProgress<ScoringProgress>? progress, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        string key = $"scoring/{output}/{Contents.KeyOf(model)}";
        var request = new ScoringRequest(key, shards, output, (int)options.Format, [.. options.KeptColumns]);
        var grain = grains.GetGrain<IScoringGrain>(output);
        await Contents.SendAsync(grains, key, model, cancellation).ConfigureAwait(false);
        string run = await ClusterCalls.RetryAsync(() => grain.Begin(request, options.Resume), cancellation).ConfigureAwait(false);
        var status = await WatchAsync(grain, run, progress, cancellation).ConfigureAwait(false);
        return status.Phase switch
        {
            ScoringPhase.Done => new(status.Files.Sum(file => file.Rows), status.Files.Length, Stopwatch.GetElapsedTime(start), status.Files),
            ScoringPhase.Failed => throw status.Fault!.Error(),
            ScoringPhase.Cancelled => throw new OperationCanceledException(
                $"Another client has ended the run that scores '{shards.Name}' into '{output}'. What is done stays."),
            _ => throw new InvalidOperationException(
                $"A run of another model, other shards or other options has been begun that writes to '{output}'. Name another folder for it."),
        };
    }

    private static async Task<ScoringStatus> WatchAsync(
        IScoringGrain grain, string run, IProgress<ScoringProgress>? progress, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var status = await ClusterCalls.RetryAsync(() => grain.Ask(run).WaitAsync(AnswerWait), cancellation).ConfigureAwait(false);
                if (status.Phase != ScoringPhase.Unknown) progress?.Report(status.Progress.Progress);
                if (status.Phase != ScoringPhase.Running) return status;
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            using var patience = new CancellationTokenSource(EndWait);
            await ClusterCalls.RetryAsync(() => grain.Cancel(run), patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }
}
