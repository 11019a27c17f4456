using System.Text.Json;

namespace MLNet.Embeddings;

/// <summary>Which model has a name.</summary>
/// <param name="Version">Its version; the first is 1.</param>
/// <param name="Key">Key of its content.</param>
/// <param name="Before">That of the version before, which silos may be loading still; null for none.</param>
internal sealed record DeployedModel(int Version, string Key, string? Before)
{
    private const string StateName = "models";

    /// <summary>The one of a name; null where there is none.</summary>
    internal static async Task<DeployedModel?> ReadAsync(StateStorage storage, string name) =>
        await storage.ReadAsync(StateName, name).ConfigureAwait(false) is { } bytes ? JsonSerializer.Deserialize<DeployedModel>(bytes) : null;

    /// <summary>Gives a name to this one.</summary>
    internal Task WriteAsync(StateStorage storage, string name) => storage.WriteAsync(StateName, name, JsonSerializer.SerializeToUtf8Bytes(this));
}

/// <summary>Gives a name to models, one after the other.</summary>
internal interface IDeploymentGrain : IGrainWithStringKey
{
    /// <summary>Puts a content in the place of the model of this name.</summary>
    /// <returns>Its version; the same as before where the content is.</returns>
    Task<int> Deploy(string key);
}

/// <inheritdoc cref="IDeploymentGrain"/>
internal sealed class DeploymentGrain(StateStorage storage) : Grain, IDeploymentGrain
{
    public async Task<int> Deploy(string key)
    {
        string name = this.GetPrimaryKeyString();
        var before = await DeployedModel.ReadAsync(storage, name);
        if (before?.Key == key) return before.Version;
        await new DeployedModel((before?.Version ?? 0) + 1, key, before?.Key).WriteAsync(storage, name);
        if (before?.Before is { } unused && unused != key) await new Content(storage, unused).DeleteAsync();
        return (before?.Version ?? 0) + 1;
    }
}

/// <summary>A client's side of deploying.</summary>
internal static class Deployment
{
    /// <summary>Sends a model and gives it a name.</summary>
    /// <exception cref="FormatException">The file holds no model.</exception>
    /// <exception cref="ArgumentException">The model has no scores of single rows.</exception>
    internal static async Task<int> DeployAsync(IGrainFactory grains, string name, byte[] model, CancellationToken cancellation)
    {
        Check(model);
        string key = $"models/{name}/{Contents.KeyOf(model)}";
        await Contents.SendAsync(grains, key, model, cancellation).ConfigureAwait(false);
        return await ClusterCalls.RetryAsync(() => grains.GetGrain<IDeploymentGrain>(name).Deploy(key), cancellation).ConfigureAwait(false);
    }

    private static void Check(byte[] file)
    {
        Microsoft.ML.ITransformer model;
        try
        {
            using var stream = new MemoryStream(file, writable: false);
            model = new Microsoft.ML.MLContext().Model.Load(stream, out _);
        }
        catch (Exception error)
        {
            throw new FormatException($"The file holds no model that can be loaded: {error.GetBaseException().Message}", error);
        }
        RowPredictor.Of(model).Prepare();
    }
}
