using System.Security.Cryptography;
using Orleans.Concurrency;
using Orleans.Serialization;

namespace MLNet.Embeddings;

/// <summary>Coordinates the run that writes to a folder, by whose name it goes.</summary>
internal interface IScoringGrain : IGrainWithStringKey
{
    /// <summary>Begins a run, goes on with it, or joins it.</summary>
    /// <returns>The run.</returns>
    Task<string> Begin(ScoringRequest request, bool resume);

    /// <summary>Waits a moment, and tells how a run is.</summary>
    [AlwaysInterleave]
    Task<ScoringStatus> Ask(string run);

    /// <summary>Ends a run; what is done stays.</summary>
    [AlwaysInterleave]
    Task Cancel(string run);
}

/// <inheritdoc cref="IScoringGrain"/>
internal sealed class ScoringGrain(StateStorage storage, Serializer serializer) : Grain, IScoringGrain, IDisposable
{
    private const string Name = "scoring";

    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1), EndWait = TimeSpan.FromSeconds(10), KeepAlive = TimeSpan.FromMinutes(1);

    private const ConfigureAwaitOptions Quietly = ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;

    private ScoringState _state = new();
    private ScoringRun? _run;
    private Task _work = Task.CompletedTask;
    private CancellationTokenSource _cancel = new();
    private IGrainTimer? _alive;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (await storage.ReadAsync(Name, this.GetPrimaryKeyString()) is { } bytes) _state = serializer.Deserialize<ScoringState>(bytes)!;
        if (_state.Phase == ScoringPhase.Running) Start();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _run?.Leave();
        await _cancel.CancelAsync();
        await _work.WaitAsync(cancellationToken).ConfigureAwait(Quietly);
    }

    public async Task<string> Begin(ScoringRequest request, bool resume)
    {
        string key = Convert.ToHexStringLower(SHA256.HashData(serializer.SerializeToArray(request)));
        if (_state.Key == key && resume && _state.Phase == ScoringPhase.Running) return _state.Run;
        await EndAsync();
        if (_state.Key != key || !resume)
        {
            string? unused = _state.Key.Length > 0 && _state.Request.Model != request.Model ? _state.Request.Model : null;
            string[] obsolete = [.. _state.Obsolete, .. _state.Done.Select(done => done.File.Path)];
            _state = new() { Run = Guid.NewGuid().ToString("N"), Key = key, Request = request, Obsolete = [.. obsolete] };
            if (unused is not null) await new Content(storage, unused).DeleteAsync();
        }
        (_state.Phase, _state.Fault, _state.InHand, _state.Names) = (ScoringPhase.Running, null, [], []);
        _state.Attempt++;
        await SaveAsync();
        Start();
        return _state.Run;
    }

    public async Task<ScoringStatus> Ask(string run)
    {
        await _work.WaitAsync(Wait).ConfigureAwait(Quietly);
        if (run != _state.Run) return new(ScoringPhase.Unknown, default, null, []);
        bool isDone = _state.Phase == ScoringPhase.Done;
        var progress = _run?.Progress
            ?? new ProgressMessage(_state.Names.Length, _state.Done.Count, _state.Done.Sum(done => done.File.Rows), 0, isDone ? TimeSpan.Zero : null);
        return new(_state.Phase, progress, _state.Fault,
            isDone ? [.. _state.Done.Select(done => done.File).OrderBy(file => file.Shard, StringComparer.Ordinal)] : []);
    }

    public async Task Cancel(string run)
    {
        if (run != _state.Run || _state.Phase != ScoringPhase.Running) return;
        await EndAsync();
        if (_state.Phase != ScoringPhase.Running) return;
        _state.Phase = ScoringPhase.Cancelled;
        await SaveAsync();
    }

    public void Dispose() => _cancel.Dispose();

    private void Start()
    {
        _cancel = new();
        var cancellation = _cancel.Token;
        _run = new ScoringRun(GrainFactory, _state, serializer, SaveAsync);
        // Nobody need ask for it: a run goes on without its client.
        _alive = this.RegisterGrainTimer(() => Task.CompletedTask, new() { DueTime = KeepAlive, Period = KeepAlive, KeepAlive = true });
        _work = WorkAsync(_run, cancellation);
    }

    private async Task WorkAsync(ScoringRun run, CancellationToken cancellation)
    {
        try
        {
            // Off the grain, which answers meanwhile.
            var fault = await Task.Run(() => run.RunAsync(cancellation), cancellation);
            (_state.Phase, _state.Fault) = (fault is null ? ScoringPhase.Done : ScoringPhase.Failed, fault);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e) when (ClusterCalls.IsUnreachable(e) && e is not OrleansConfigurationException)
        {
            // This silo stops, or the storage cannot be reached: the next call activates the grain again, which goes on with the run.
            DeactivateOnIdle();
            return;
        }
        catch (Exception e)
        {
            (_state.Phase, _state.Fault) = (ScoringPhase.Failed, ClusterFault.Of(e));
        }
        finally
        {
            _alive?.Dispose();
        }
        await SaveAsync();
    }

    private async Task EndAsync()
    {
        await _cancel.CancelAsync();
        await _work.WaitAsync(EndWait).ConfigureAwait(Quietly);
    }

    private Task SaveAsync() => storage.WriteAsync(Name, this.GetPrimaryKeyString(), serializer.SerializeToArray(_state));
}
