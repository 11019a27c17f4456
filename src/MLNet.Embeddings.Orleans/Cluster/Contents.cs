using System.Globalization;
using System.Security.Cryptography;
using Orleans.Concurrency;

namespace MLNet.Embeddings;

/// <summary>Bytes that client and silos hand to each other, by a key of their own, in pieces below the limits of messages.</summary>
internal interface IContentGrain : IGrainWithStringKey
{
    /// <summary>Number of pieces; 0 where the content is not there whole.</summary>
    Task<int> Count();

    Task Put(int piece, Immutable<byte[]> bytes);

    /// <summary>Ends the content, of which all pieces were put.</summary>
    Task Complete(int pieces);

    Task<Immutable<byte[]>> Get(int piece);

    Task Delete();
}

/// <inheritdoc cref="IContentGrain"/>
internal sealed class ContentGrain(StateStorage storage) : Grain, IContentGrain
{
    private Content Stored => new(storage, this.GetPrimaryKeyString());

    public Task<int> Count() => Stored.CountAsync();

    public Task Put(int piece, Immutable<byte[]> bytes) => Stored.PutAsync(piece, bytes.Value);

    public Task Complete(int pieces) => Stored.CompleteAsync(pieces);

    public async Task<Immutable<byte[]>> Get(int piece) => new(await Stored.GetAsync(piece));

    public Task Delete() => Stored.DeleteAsync();
}

/// <summary>A content in the storage.</summary>
/// <param name="storage">The storage.</param>
/// <param name="key">Its key.</param>
internal sealed class Content(StateStorage storage, string key)
{
    private const string Name = "contents";

    internal async Task<int> CountAsync() =>
        await storage.ReadAsync(Name, key).ConfigureAwait(false) is { } count ? BitConverter.ToInt32(count) : 0;

    internal Task PutAsync(int piece, byte[] bytes) => storage.WriteAsync(Name, KeyOf(piece), bytes);

    internal Task CompleteAsync(int pieces) => storage.WriteAsync(Name, key, BitConverter.GetBytes(pieces));

    /// <exception cref="InvalidDataException">It is not there.</exception>
    internal async Task<byte[]> GetAsync(int piece) =>
        await storage.ReadAsync(Name, KeyOf(piece)).ConfigureAwait(false)
        ?? throw new InvalidDataException(
            $"Piece {piece} of '{key}' is not in the grain storage '{EmbeddingsSiloOptions.StorageName}'. All silos must share it.");

    /// <summary>Writes all of it.</summary>
    internal async Task WriteAsync(byte[] bytes)
    {
        int piece = 0;
        foreach (byte[] part in bytes.Chunk(StateStorage.PieceBytes)) await PutAsync(piece++, part).ConfigureAwait(false);
        await CompleteAsync(piece).ConfigureAwait(false);
    }

    /// <summary>Reads all of it; null where it is not there.</summary>
    internal async Task<byte[]?> ReadAsync()
    {
        int count = await CountAsync().ConfigureAwait(false);
        if (count == 0) return null;
        using var all = new MemoryStream();
        for (int piece = 0; piece < count; piece++) all.Write(await GetAsync(piece).ConfigureAwait(false));
        return all.ToArray();
    }

    internal async Task DeleteAsync()
    {
        int count = await CountAsync().ConfigureAwait(false);
        await storage.DeleteAsync(Name, key).ConfigureAwait(false);
        for (int piece = 0; piece < count; piece++) await storage.DeleteAsync(Name, KeyOf(piece)).ConfigureAwait(false);
    }

    private string KeyOf(int piece) => string.Create(CultureInfo.InvariantCulture, $"{key}/{piece}");
}

/// <summary>Contents as a client sends and receives them.</summary>
internal static class Contents
{
    /// <summary>The key of a content that is named by what is in it.</summary>
    internal static string KeyOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Sends a content, unless it is there.</summary>
    /// <returns>Its key.</returns>
    internal static async Task<string> SendAsync(IGrainFactory grains, byte[] bytes, CancellationToken cancellation)
    {
        string key = KeyOf(bytes);
        await SendAsync(grains, key, bytes, cancellation).ConfigureAwait(false);
        return key;
    }

    /// <summary>Sends a content under a key that stands for what is in it, unless it is there.</summary>
    internal static async Task SendAsync(IGrainFactory grains, string key, byte[] bytes, CancellationToken cancellation)
    {
        var grain = grains.GetGrain<IContentGrain>(key);
        if (await ClusterCalls.RetryAsync(grain.Count, cancellation).ConfigureAwait(false) > 0) return;
        int pieces = 0;
        foreach (byte[] part in bytes.Chunk(StateStorage.PieceBytes))
        {
            int piece = pieces++;
            await ClusterCalls.RetryAsync(() => grain.Put(piece, new(part)), cancellation).ConfigureAwait(false);
        }
        await ClusterCalls.RetryAsync(() => grain.Complete(pieces), cancellation).ConfigureAwait(false);
    }

    /// <summary>Receives a content.</summary>
    internal static async Task<byte[]> ReceiveAsync(IGrainFactory grains, string key, CancellationToken cancellation)
    {
        var grain = grains.GetGrain<IContentGrain>(key);
        int count = await ClusterCalls.RetryAsync(grain.Count, cancellation).ConfigureAwait(false);
        using var all = new MemoryStream();
        for (int i = 0; i < count; i++)
        {
            int piece = i;
            all.Write((await ClusterCalls.RetryAsync(() => grain.Get(piece), cancellation).ConfigureAwait(false)).Value);
        }
        return all.ToArray();
    }
}
