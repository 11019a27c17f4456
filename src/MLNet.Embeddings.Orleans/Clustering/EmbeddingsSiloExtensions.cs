using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MLNet.Embeddings;
using Orleans.Storage;

namespace Orleans.Hosting;

/// <summary>Silos that train, score and serve.</summary>
public static class EmbeddingsSiloExtensions
{
    /// <summary>Lets a silo take part in training, scoring and serving of embeddings.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="configure">Sets where its files are, and how much of the machine it may use.</param>
    /// <returns>The silo.</returns>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public static ISiloBuilder UseEmbeddings(this ISiloBuilder builder, Action<EmbeddingsSiloOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new EmbeddingsSiloOptions();
        configure?.Invoke(options);
        options.Validate();
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<WorkSlots>();
        builder.Services.AddSingleton<StateStorage>();
        builder.Services.AddSingleton<LoadedModels>();
        builder.Services.AddSingleton<ServedModels>();
        builder.Services.AddPlacementDirector<NodePlacementStrategy, NodePlacementDirector>();
        // Last, so that a storage of the host comes before it.
        builder.Services.TryAddKeyedSingleton<IGrainStorage>(EmbeddingsSiloOptions.StorageName, (services, _) => new FileGrainStorage(options.States));
        return builder;
    }
}
