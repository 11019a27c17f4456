using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Serialization;

namespace MLNet.Embeddings;

/// <inheritdoc cref="IFitGrain"/>
/// <param name="storage">The cluster's storage.</param>
/// <param name="serializer">That of Orleans.</param>
/// <param name="logger">Takes what fits say.</param>
[Reentrant]
internal sealed class FitGrain(StateStorage storage, Serializer serializer, ILogger<FitGrain> logger) : Grain, IFitGrain, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Whoever asked for a fit and does not ask how far it is for so long has no interest any more.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(10);

    private FitRun? _run;

    private string Key => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Where the silo of the coordinator was lost, another one goes on.
        if (await storage.ReadAsync(FitRun.StateName, Key) is { } request) Begin(serializer.Deserialize<FitRequest>(request)!);
        await base.OnActivateAsync(cancellationToken);
    }

    public async Task Start(FitRequest request)
    {
        if (_run is not null) return;
        await storage.WriteAsync(FitRun.StateName, Key, serializer.SerializeToArray(request));
        Begin(request);
    }

    public async Task<FitStatus> Status(int seen)
    {
        DelayDeactivation(Abandoned);
        return _run is null
            ? new FitStatus(0, [], null, new ClusterFault(FaultKind.Operation, $"The cluster does not know the fit '{Key}'.", null))
            : await _run.StatusAsync(seen, Patience);
    }

    public Task Cancel()
    {
        _run?.Cancel();
        return Task.CompletedTask;
    }

    public async Task Forget()
    {
        if (_run is not { } run) return;
        _run = null;
        run.Cancel();
        await run.ForgetAsync(Patience);
        run.Dispose();
        DeactivateOnIdle();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (reason.ReasonCode == DeactivationReasonCode.ActivationIdle) await Forget();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    /// <summary>Ends what is under way; the next coordinator goes on.</summary>
    public void Dispose() => _run?.Dispose();

    private void Begin(FitRequest request)
    {
        if (_run is not null) return;
        _run = new FitRun(GrainFactory, storage, serializer, logger, Key, request);
        _run.Start();
        DelayDeactivation(Abandoned);
    }
}
