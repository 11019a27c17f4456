using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace MLNet.Embeddings;

/// <summary>Bytes in the grain storage of the cluster.</summary>
[GenerateSerializer]
internal sealed class StoredBytes
{
    /// <summary>The bytes.</summary>
    [Id(0)] public byte[] Bytes { get; set; } = [];
}

/// <summary>Keeps bytes by their key in the grain storage of the cluster, in pieces that any storage takes.</summary>
/// <param name="services">Those of the silo.</param>
internal sealed class StateStorage(IServiceProvider services)
{
    /// <summary>Bytes of a piece: below the limits of messages and of storages.</summary>
    internal const int PieceBytes = 1 << 20;

    /// <summary>Of so many states at most it is remembered which version was written.</summary>
    private const int MostTags = 100_000;

    private readonly IGrainStorage _storage = services.GetRequiredKeyedService<IGrainStorage>(EmbeddingsSiloOptions.StorageName);

    // Tags of what was written here, so that it need not be read to be written again or removed.
    private readonly ConcurrentDictionary<(string Name, string Key), string> _tags = new();

    /// <summary>Reads what was written under a key; null where nothing was.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="key">Which one.</param>
    internal async Task<byte[]?> ReadAsync(string name, string key)
    {
        var state = await StateAsync(name, key).ConfigureAwait(false);
        return state.RecordExists ? state.State?.Bytes : null;
    }

    /// <summary>Writes.</summary>
    internal Task WriteAsync(string name, string key, byte[] bytes) => ChangeAsync(name, key, async state =>
    {
        state.State = new StoredBytes { Bytes = bytes };
        await _storage.WriteStateAsync(name, IdOf(key), state).ConfigureAwait(false);
        if (state.ETag is not { } tag) return;
        if (_tags.Count >= MostTags) _tags.Clear();
        _tags[(name, key)] = tag;
    });

    /// <summary>Removes what was written, if it is there.</summary>
    internal Task DeleteAsync(string name, string key) => ChangeAsync(name, key, async state =>
    {
        if (state.RecordExists) await _storage.ClearStateAsync(name, IdOf(key), state).ConfigureAwait(false);
    });

    /// <summary>Changes a state, whatever its version is.</summary>
    private async Task ChangeAsync(string name, string key, Func<GrainState<StoredBytes>, Task> change)
    {
        if (_tags.TryRemove((name, key), out string? tag))
        {
            try
            {
                await change(new(new StoredBytes(), tag) { RecordExists = true }).ConfigureAwait(false);
                return;
            }
            catch (InconsistentStateException)
            {
                // Another silo has written meanwhile.
            }
        }
        await change(await StateAsync(name, key).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static GrainId IdOf(string key) => GrainId.Create("embeddings", key);

    private async Task<GrainState<StoredBytes>> StateAsync(string name, string key)
    {
        var state = new GrainState<StoredBytes>(new StoredBytes());
        await _storage.ReadStateAsync(name, IdOf(key), state).ConfigureAwait(false);
        state.State ??= new StoredBytes();
        return state;
    }
}
