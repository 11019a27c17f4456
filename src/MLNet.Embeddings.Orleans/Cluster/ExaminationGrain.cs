using Orleans.Concurrency;

namespace MLNet.Embeddings;

/// <summary>Examines a part on the silo that its key names.</summary>
internal interface IExaminationGrain : IGrainWithStringKey
{
    /// <summary>Begins, or goes on; null where it takes longer: ask again.</summary>
    [AlwaysInterleave]
    Task<Examination?> Examine(Shards shards, string name);
}

/// <summary>What a part told.</summary>
/// <param name="Found">What it is; null where it cannot be read.</param>
/// <param name="Fault">Why it cannot be read.</param>
[GenerateSerializer, Immutable]
internal sealed record Examination(byte[]? Found, string? Fault);

/// <inheritdoc cref="IExaminationGrain"/>
[NodePlacement]
internal sealed class ExaminationGrain(EmbeddingsSiloOptions options, WorkSlots slots) : Grain, IExaminationGrain, IDisposable
{
    private PolledWork<Examination>? _work;

    public async Task<Examination?> Examine(Shards shards, string name)
    {
        _work ??= new(cancellation => slots.RunAsync(() => ExamineNow(shards, name), cancellation));
        if (!await _work.IsDoneAsync()) return null;
        DeactivateOnIdle();
        return await _work.Task;
    }

    public void Dispose() => _work?.Dispose();

    private Examination ExamineNow(Shards shards, string name)
    {
        try
        {
            return new(shards.Examine(new ShardPlace(options), name), null);
        }
        catch (Exception e)
        {
            return new(null, e.Message);
        }
    }
}
