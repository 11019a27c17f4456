using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>The models that a silo has loaded: each once, those that were asked for latest.</summary>
/// <param name="storage">Has their files as contents.</param>
internal sealed class LoadedModels(StateStorage storage)
{
    /// <summary>Models that are kept for whoever asks next.</summary>
    private const int Most = 4;

    private readonly Lock _lock = new();
    private readonly List<(string Key, Task<ITransformer> Model)> _models = [];

    /// <summary>Number of models that were loaded.</summary>
    internal int Loads { get; private set; }

    /// <summary>A model by the key of its content.</summary>
    /// <exception cref="InvalidDataException">The content is not there, or holds no model that can be loaded here.</exception>
    internal Task<ITransformer> GetAsync(string key)
    {
        lock (_lock)
        {
            int known = _models.FindIndex(model => model.Key == key);
            var model = known >= 0 && !_models[known].Model.IsFaulted ? _models[known].Model : Task.Run(() => LoadAsync(key));
            if (known >= 0) _models.RemoveAt(known);
            _models.Insert(0, (key, model));
            if (_models.Count > Most) _models.RemoveAt(Most);
            return model;
        }
    }

    private async Task<ITransformer> LoadAsync(string key)
    {
        byte[] bytes = await new Content(storage, key).ReadAsync().ConfigureAwait(false)
            ?? throw new InvalidDataException(
                $"The model '{key}' is not in the grain storage '{EmbeddingsSiloOptions.StorageName}', which all silos must share.");
        lock (_lock) Loads++;
        try
        {
            using var stream = new MemoryStream(bytes, writable: false);
            return new MLContext().Model.Load(stream, out _);
        }
        catch (Exception error)
        {
            // ML.NET wraps what is wrong with a file.
            throw new InvalidDataException(
                $"The model cannot be loaded on this silo: {error.GetBaseException().Message} Its steps must be of packages that the silos have.", error);
        }
    }
}
