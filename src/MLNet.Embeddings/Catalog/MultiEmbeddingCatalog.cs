using MLNet.Embeddings;

namespace Microsoft.ML;

/// <summary>Methods of <see cref="MLContext"/>'s trainer catalogs that make multi-embedding trainers.</summary>
public static class MultiEmbeddingCatalog
{
    /// <summary>A trainer of a network that learns an embedding per column and predicts one of two classes.</summary>
    /// <param name="catalog">The catalog of binary trainers.</param>
    /// <param name="options">The columns to read, and how to train.</param>
    /// <exception cref="ArgumentException">Settings are out of range; the message has a line for each.</exception>
    public static MultiEmbeddingTrainer MultiEmbedding(this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, MultiEmbeddingOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new MultiEmbeddingTrainer(ClosedSide.EnvironmentOf(catalog), options, new BinaryObjective());
    }
}
