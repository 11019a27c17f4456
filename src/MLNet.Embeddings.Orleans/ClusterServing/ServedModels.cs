using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace MLNet.Embeddings;

/// <summary>A model as it is served.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Key">Key of its content.</param>
/// <param name="Predictor">Scores rows.</param>
internal sealed record ServedModel(int Version, string Key, RowPredictor Predictor);

/// <summary>The models that a silo serves.</summary>
/// <param name="storage">Says which model has a name.</param>
/// <param name="models">Loads them.</param>
/// <param name="options">Say how often it is looked for other versions.</param>
/// <param name="logger">Told of models that cannot be loaded.</param>
internal sealed partial class ServedModels(StateStorage storage, LoadedModels models, EmbeddingsSiloOptions options, ILogger<ServedModels> logger) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<Served>>> _served = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _ending = new();

    /// <summary>The model of a name.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it cannot be loaded.</exception>
    internal async Task<ServedModel> GetAsync(string name)
    {
        var served = _served.GetOrAdd(name, one => new(() => OpenAsync(one)));
        try
        {
            return (await served.Value.ConfigureAwait(false)).Model;
        }
        catch
        {
            // Whoever asks next finds out anew.
            _served.TryRemove(new(name, served));
            throw;
        }
    }

    public void Dispose()
    {
        _ending.Cancel();
        _ending.Dispose();
    }

    private async Task<Served> OpenAsync(string name)
    {
        var deployed = await DeployedModel.ReadAsync(storage, name).ConfigureAwait(false) ?? throw new InvalidOperationException(
            $"No model is deployed under the name '{name}'. Put one there: client.DeployAsync(\"{name}\", \"model.zip\").");
        var served = new Served(await LoadAsync(deployed).ConfigureAwait(false));
        // What is said of a call, as its trace, is not said of this.
        using (ExecutionContext.SuppressFlow()) _ = Task.Run(() => WatchAsync(name, served));
        return served;
    }

    private async Task<ServedModel> LoadAsync(DeployedModel deployed)
    {
        try
        {
            var predictor = RowPredictor.Of(await models.GetAsync(deployed.Key).ConfigureAwait(false));
            predictor.Prepare();
            return new(deployed.Version, deployed.Key, predictor);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"Version {deployed.Version} cannot be served: {error.Message}", error);
        }
    }

    private async Task WatchAsync(string name, Served served)
    {
        int failed = 0;
        using var timer = new PeriodicTimer(options.ModelCheckInterval);
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                if (!await timer.WaitForNextTickAsync(_ending.Token).ConfigureAwait(false)) return;
                if (await DeployedModel.ReadAsync(storage, name).ConfigureAwait(false) is not { } deployed) continue;
                if (deployed.Version == served.Model.Version || deployed.Version == failed) continue;
                failed = deployed.Version;
                served.Model = await LoadAsync(deployed).ConfigureAwait(false);
                LogServed(name, deployed.Version);
            }
            catch (Exception error)
            {
                // Whatever it is, the model in use stays, and the watching goes on.
                if (!_ending.IsCancellationRequested) LogFault(name, served.Model.Version, error);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Model '{Name}': version {Version} is served.")]
    private partial void LogServed(string name, int version);

    [LoggerMessage(Level = LogLevel.Error, Message = "Model '{Name}': another version cannot be loaded; version {Version} is served on.")]
    private partial void LogFault(string name, int version, Exception error);

    /// <summary>What is served under a name.</summary>
    private sealed class Served(ServedModel model)
    {
        private volatile ServedModel _model = model;

        internal ServedModel Model
        {
            get => _model;
            set => _model = value;
        }
    }
}
