using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Orleans.Storage;

namespace MLNet.Embeddings;

/// <summary>States of grains as files of a folder that all silos share.</summary>
/// <param name="folder">The folder; made when it is first written to.</param>
internal sealed class FileGrainStorage(string folder) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        string path = PathOf(stateName, grainId);
        if (!File.Exists(path)) return;
        byte[] bytes = await File.ReadAllBytesAsync(path).ConfigureAwait(false);
        ((StoredBytes)(object)grainState.State!).Bytes = bytes;
        (grainState.ETag, grainState.RecordExists) = (TagOf(bytes), true);
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        string path = PathOf(stateName, grainId);
        byte[] bytes = ((StoredBytes)(object)grainState.State!).Bytes;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.Write(path, file => file.Write(bytes));
        (grainState.ETag, grainState.RecordExists) = (TagOf(bytes), true);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        string path = PathOf(stateName, grainId);
        if (File.Exists(path)) File.Delete(path);
        (grainState.ETag, grainState.RecordExists) = (null, false);
        return Task.CompletedTask;
    }

    private static string TagOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16));

    /// <summary>A folder for each name of states, a file for each grain.</summary>
    private string PathOf(string stateName, GrainId grainId) => Path.Combine(folder, Escaped(stateName), Escaped(grainId.Key.ToString()!) + ".state");

    private static string Escaped(string name)
    {
        var escaped = new StringBuilder();
        foreach (char one in name)
        {
            if (char.IsAsciiLetterOrDigit(one) || one is '-' or '_') escaped.Append(one);
            else escaped.Append(CultureInfo.InvariantCulture, $"%{(int)one:x}.");
        }
        return escaped.ToString();
    }
}
