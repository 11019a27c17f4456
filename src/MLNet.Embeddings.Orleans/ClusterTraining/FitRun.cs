using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Orleans.Serialization;

namespace MLNet.Embeddings;

/// <summary>A fit under way, on a thread of its own beside those of grains.</summary>
/// <param name="grains">The cluster.</param>
/// <param name="storage">Its storage.</param>
/// <param name="serializer">That of Orleans.</param>
/// <param name="logger">Takes what the fit says.</param>
/// <param name="key">Key of the fit.</param>
/// <param name="request">What is asked for.</param>
internal sealed class FitRun(IGrainFactory grains, StateStorage storage, Serializer serializer, ILogger logger, string key, FitRequest request)
    : IProgress<TrainingProgress>, IDisposable
{
    /// <summary>The states of fits in the storage.</summary>
    internal const string StateName = "fits";

    private readonly CancellationTokenSource _cancellation = new();
    private readonly List<(int Number, string Report)> _reports = [];
    private readonly TaskCompletionSource _ended = New();
    private TaskCompletionSource _changed = New();
    private volatile bool _isLeft;
    private int _seen;
    private bool _lastStays = true;
    private string? _model;
    private ClusterFault? _fault;

    /// <summary>Begins.</summary>
    internal void Start() => new Thread(Run) { IsBackground = true, Name = $"fit {key}" }.Start();

    /// <summary>Leaves it to another coordinator, that goes on from what is kept.</summary>
    public void Dispose()
    {
        _isLeft = true;
        _cancellation.Cancel();
        _ = _ended.Task.ContinueWith(_ => _cancellation.Dispose(), TaskScheduler.Default);
    }

    /// <summary>Ends it, with the best so far.</summary>
    internal void Cancel() => _cancellation.Cancel();

    /// <summary>Removes what is kept of it, when it has ended.</summary>
    internal async Task ForgetAsync(TimeSpan patience)
    {
        await Task.WhenAny(_ended.Task, Task.Delay(patience)).ConfigureAwait(false);
        await new Content(storage, ModelKey).DeleteAsync().ConfigureAwait(false);
        var checkpoint = new StoragePlace(storage, key, () => false);
        foreach (var place in StoredBestWeights.Places(checkpoint).Prepend(checkpoint)) await Task.Run(place.Delete).ConfigureAwait(false);
        foreach (string one in (string[])[key, PartsKey]) await storage.DeleteAsync(StateName, one).ConfigureAwait(false);
    }

    /// <summary>What is new since.</summary>
    internal async Task<FitStatus> StatusAsync(int seen, TimeSpan patience)
    {
        Task changed;
        lock (_reports) changed = _seen > seen || HasEnded ? Task.CompletedTask : _changed.Task;
        await Task.WhenAny(changed, Task.Delay(patience)).ConfigureAwait(false);
        lock (_reports) return new(_seen, [.. _reports.Where(report => report.Number > seen).Select(report => report.Report)], _model, _fault);
    }

    void IProgress<TrainingProgress>.Report(TrainingProgress value)
    {
        string report = JsonSerializer.Serialize(value);
        lock (_reports)
        {
            _seen++;
            // Of those within an epoch only the last stays.
            if (!_lastStays) _reports.RemoveAt(_reports.Count - 1);
            _reports.Add((_seen, report));
            _lastStays = value.Completed is not null;
        }
        Tell();
    }

    private bool HasEnded => _model is not null || _fault is not null;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Run()
    {
        GrainTransport? transport = null;
        try
        {
            transport = new GrainTransport(grains, key, Parts());
            var context = new MLContext(seed: 1);
            context.Log += (_, e) => Log(e);
            var options = request.Options with { Progress = this, CancellationToken = _cancellation.Token };
            var fit = new ShardedFit(context, options, request.RoundOptions, transport, options.NumberOfThreads ?? 1, Checkpoint);
            var model = fit.Run();
            // Another coordinator may have taken the place of this one, and ended.
            if (!_isLeft && Wait(storage.ReadAsync(StateName, key)) is not null)
            {
                using var pieces = new PieceStream(new Content(storage, ModelKey));
                context.Model.Save(model, fit.InputSchema, pieces);
            }
            lock (_reports) _model = ModelKey;
        }
        catch (Exception e)
        {
            if (!_isLeft) logger.Failed(key, e);
            lock (_reports) _fault = ClusterFault.Of(e);
        }
        if (transport is not null && !_isLeft)
        {
            if (_cancellation.IsCancellationRequested) Wait(transport.TellAllAsync(worker => worker.Stop()));
            Wait(transport.TellAllAsync(worker => worker.Close()));
        }
        Tell();
        _ended.SetResult();
    }

    private string PartsKey => $"{key}/parts";

    private StoragePlace Checkpoint => new(storage, key, () => _isLeft);

    private string ModelKey => $"model/{key}";

    /// <summary>Which shards each worker has: as it was when the fit began, if it goes on for a coordinator that was lost.</summary>
    private FitParts Parts()
    {
        if (Wait(storage.ReadAsync(StateName, PartsKey)) is { } known) return serializer.Deserialize<FitParts>(known)!;
        var nodes = Wait(Nodes.FindAsync(grains, request.Shards, _cancellation.Token));
        var shards = Wait(Nodes.ResolveAsync(grains, nodes, request.Shards, _cancellation.Token));
        var parts = FitParts.Of(shards, nodes, Nodes.AllNames(nodes, shards), request.RoundOptions.Workers);
        Wait(storage.WriteAsync(StateName, PartsKey, serializer.SerializeToArray(parts)));
        return parts;
    }

    private void Log(LoggingEventArgs e)
    {
        if (e.Kind == ChannelMessageKind.Warning) logger.Warned(key, e.RawMessage);
        else if (e.Kind == ChannelMessageKind.Info) logger.Told(key, e.RawMessage);
    }

    private void Tell()
    {
        TaskCompletionSource changed;
        lock (_reports) (changed, _changed) = (_changed, New());
        changed.TrySetResult();
    }

    private static void Wait(Task task) => task.GetAwaiter().GetResult();

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
