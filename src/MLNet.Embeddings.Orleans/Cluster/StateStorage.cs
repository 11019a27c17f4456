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

    private readonly IGrainStorage _storage = services.GetRequiredKeyedService<IGrainStorage>(EmbeddingsSiloOptions.StorageName);

    /// <summary>Reads what was written under a key; null where nothing was.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="key">Which one.</param>
    internal async Task<byte[]?> ReadAsync(string name, string key)
    {
        var state = await StateAsync(name, key).ConfigureAwait(false);
        return state.RecordExists ? state.State?.Bytes : null;
    }

    /// <summary>Writes.</summary>
    internal async Task WriteAsync(string name, string key, byte[] bytes)
    {
        var state = await StateAsync(name, key).ConfigureAwait(false);
        state.State = new StoredBytes { Bytes = bytes };
        await _storage.WriteStateAsync(name, IdOf(key), state).ConfigureAwait(false);
    }

    /// <summary>Removes what was written, if it is there.</summary>
    internal async Task DeleteAsync(string name, string key)
    {
        var state = await StateAsync(name, key).ConfigureAwait(false);
        if (state.RecordExists) await _storage.ClearStateAsync(name, IdOf(key), state).ConfigureAwait(false);
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
