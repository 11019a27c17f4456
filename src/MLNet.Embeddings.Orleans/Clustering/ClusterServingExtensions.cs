using MLNet.Embeddings;

namespace Orleans;

/// <summary>Puts models where the silos serve them.</summary>
public static class ClusterServingExtensions
{
    /// <summary>Gives a model a name under which all silos serve it, in place of the one that had the name.</summary>
    /// <param name="client">The cluster, whose silos call <c>UseEmbeddings</c>.</param>
    /// <param name="name">The name: the key of <see cref="IEmbeddingModelGrain"/>.</param>
    /// <param name="modelPath">The model's file, on this machine; it is kept in the grain storage of the cluster, as is the one before.</param>
    /// <param name="token">Gives up; the model that had the name stays.</param>
    /// <returns>The version: 1 for the first model of a name, one more for each other one.</returns>
    /// <remarks>
    /// Silos that serve the name look for another version every few seconds (<see cref="EmbeddingsSiloOptions.ModelCheckInterval"/>), load it beside the one in
    /// use, and change over when it is ready. One that cannot be loaded there is logged, and the one in use stays.
    /// </remarks>
    /// <example><code>
    /// await client.DeployAsync("reviews", "model.zip");
    /// string scores = await client.GetGrain&lt;IEmbeddingModelGrain&gt;("reviews").PredictJson("""{ "Title": "Love it" }""");
    /// </code></example>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    /// <exception cref="FormatException">The file holds no model that can be loaded.</exception>
    /// <exception cref="ArgumentException">The model makes no scores of single rows.</exception>
    public static async Task<int> DeployAsync(this IGrainFactory client, string name, string modelPath, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(modelPath);
        byte[] model = await File.ReadAllBytesAsync(modelPath, token).ConfigureAwait(false);
        return await Deployment.DeployAsync(client, name, model, token).ConfigureAwait(false);
    }
}
