using System.Text.Json;
using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>A fit as its client sees it.</summary>
/// <param name="grains">The cluster.</param>
/// <param name="options">What is trained.</param>
/// <param name="rounds">How training is divided.</param>
/// <param name="shards">The rows.</param>
internal sealed class FitClient(IGrainFactory grains, MultiEmbeddingOptions options, RoundOptions rounds, Shards shards)
{
    /// <summary>How long the best so far is waited for when a fit is cancelled.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    internal async Task<MultiEmbeddingTransformer> RunAsync(IProgress<TrainingProgress>? progress, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        // Drawn here, so that a coordinator that goes on for another one has the same.
        var settings = options with { Seed = options.Seed ?? Random.Shared.Next() };
        var fit = grains.GetGrain<IFitGrain>(Guid.NewGuid().ToString("N"));
        using var giveUp = new CancellationTokenSource();
        var cancelling = new Lazy<Task>(() =>
        {
            giveUp.CancelAfter(Patience);
            return ClusterCalls.RetryAsync(fit.Cancel, giveUp.Token);
        });
        await using var registration = token.Register(() => _ = cancelling.Value);
        try
        {
            await ClusterCalls.RetryAsync(() => fit.Start(FitRequest.Of(settings, rounds, shards)), giveUp.Token).ConfigureAwait(false);
            int seen = 0;
            while (true)
            {
                int known = seen;
                var status = await ClusterCalls.RetryAsync(() => fit.Status(known), giveUp.Token).ConfigureAwait(false);
                // A coordinator that goes on for one that was lost counts anew.
                seen = status.Seen;
                foreach (string report in status.Reports) progress?.Report(JsonSerializer.Deserialize<TrainingProgress>(report)!);
                if (!status.HasEnded) continue;
                if (status.Fault is { } fault) throw Error(fault, token);
                byte[] bytes = await Contents.ReceiveAsync(grains, status.Model!, giveUp.Token).ConfigureAwait(false);
                using var stream = new MemoryStream(bytes, writable: false);
                return (MultiEmbeddingTransformer)new MLContext().Model.Load(stream, out _);
            }
        }
        finally
        {
            await EndAsync(fit).ConfigureAwait(false);
        }
    }

    private static Exception Error(ClusterFault fault, CancellationToken token) =>
        fault.Kind == FaultKind.Cancelled ? new OperationCanceledException(fault.Message, token) : fault.Error();

    /// <summary>Lets the cluster forget the fit; where it cannot be reached, it does so by itself.</summary>
    private static async Task EndAsync(IFitGrain fit)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await ClusterCalls.RetryAsync(fit.Forget, patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException || ClusterCalls.IsUnreachable(e))
        {
            // It is not there.
        }
    }
}
