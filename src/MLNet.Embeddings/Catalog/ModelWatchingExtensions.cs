using MLNet.Embeddings;

namespace Microsoft.ML;

/// <summary>Keeps a model up to date with its file.</summary>
public static class ModelWatchingExtensions
{
    /// <summary>Loads a model, and loads it anew whenever its file changes, for services that run on while models are trained.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Model</c>.</param>
    /// <param name="filePath">The model's file, as <c>mlContext.Model.SaveAtomically</c> or <c>Save</c> writes it.</param>
    /// <param name="interval">How often the file is looked at; null for once a second.</param>
    /// <returns>The model, to be disposed of when it need not be watched any more.</returns>
    /// <example><code>
    /// var watched = new MLContext().Model.Watch("model.zip");
    /// app.MapPost("/predict", async (HttpRequest request) =&gt;
    ///     Results.Text(watched.Model.PredictJson(await new StreamReader(request.Body).ReadToEndAsync()), "application/json"));
    /// </code></example>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="FormatException">The file holds no model.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not longer than nothing.</exception>
    public static WatchedModel Watch(this ModelOperationsCatalog catalog, string filePath, TimeSpan? interval = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        var often = interval ?? TimeSpan.FromSeconds(1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(often, TimeSpan.Zero, nameof(interval));
        return new WatchedModel(Load, filePath, often);

        (ITransformer, DataViewSchema?) Load(string path)
        {
            // On Windows a file that is open can be replaced only if whoever opened it allows it.
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return (catalog.Load(stream, out var schema), schema);
        }
    }
}
