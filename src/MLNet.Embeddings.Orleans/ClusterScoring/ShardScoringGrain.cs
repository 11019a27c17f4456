using Microsoft.ML;
using Orleans.Concurrency;

namespace MLNet.Embeddings;

/// <summary>Scores a shard on the silo that its key names.</summary>
internal interface IShardScoringGrain : IGrainWithStringKey
{
    /// <summary>Begins, or goes on, and tells how far it is: to be asked until it is done.</summary>
    [AlwaysInterleave]
    Task<ShardScore> Score(ShardWork work);

    /// <summary>Ends it.</summary>
    [AlwaysInterleave]
    Task Cancel();
}

/// <summary>A shard to be scored.</summary>
/// <param name="Model">Key of the content that holds the model.</param>
/// <param name="Shards">What it is of.</param>
/// <param name="Name">Which one.</param>
/// <param name="Path">The file to write, under the data folder.</param>
/// <param name="Format">Its <see cref="TableFormat"/>.</param>
/// <param name="Kept">Columns to keep.</param>
[GenerateSerializer, Immutable]
internal sealed record ShardWork(string Model, Shards Shards, string Name, string Path, int Format, string[] Kept);

/// <summary>How far a shard is.</summary>
/// <param name="IsDone">Whether it is at its end, good or bad.</param>
/// <param name="Rows">Rows that are scored.</param>
/// <param name="Folder">Identity of the folder that has the file.</param>
/// <param name="Fault">What is wrong with it.</param>
/// <param name="IsOfModel">Whether that is a matter of the model and not of the shard.</param>
[GenerateSerializer, Immutable]
internal sealed record ShardScore(bool IsDone, long Rows, string? Folder = null, string? Fault = null, bool IsOfModel = false);

/// <inheritdoc cref="IShardScoringGrain"/>
[NodePlacement]
// What is done is told again to another coordinator, where the first one did not live to hear it.
[CollectionAgeLimit(Minutes = 5)]
internal sealed class ShardScoringGrain(EmbeddingsSiloOptions options, WorkSlots slots, LoadedModels models) : Grain, IShardScoringGrain, IDisposable
{
    private PolledWork<ShardScore>? _work;
    private long _rows;

    public async Task<ShardScore> Score(ShardWork work)
    {
        // What was cancelled, since nobody asked, is asked for again.
        if (_work is null || _work.Task.IsCanceled) Begin(work);
        var current = _work!;
        if (!await current.IsDoneAsync() || current.Task.IsCanceled) return new ShardScore(IsDone: false, Interlocked.Read(ref _rows));
        return await current.Task;
    }

    public Task Cancel()
    {
        _work?.Cancel();
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public void Dispose() => _work?.Dispose();

    private void Begin(ShardWork work)
    {
        _work?.Dispose();
        _rows = 0;
        _work = new(cancellation => Task.Run(() => ScoreAsync(work, cancellation)));
    }

    private async Task<ShardScore> ScoreAsync(ShardWork work, CancellationToken cancellation)
    {
        ITransformer model;
        try
        {
            model = await models.GetAsync(work.Model);
        }
        catch (Exception e)
        {
            return new(IsDone: true, 0, Fault: e.Message, IsOfModel: true);
        }
        try
        {
            var place = new ShardPlace(options);
            await slots.RunAsync(() =>
            {
                ShardScorer.Score(model, work, place, () => Interlocked.Increment(ref _rows), cancellation);
                return true;
            }, cancellation);
            return new(IsDone: true, _rows, FolderIdentity.Of(place.Folder));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return new(IsDone: true, 0, Fault: ShardException.Of(work.Name, e).Fault);
        }
    }
}
