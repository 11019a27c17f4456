using MLNet.Embeddings;

namespace Microsoft.ML;

/// <summary>Saves models so that a failure leaves the old file as it was.</summary>
public static class ModelSavingExtensions
{
    /// <summary>Saves a model to a file that is either the old one or the complete new one at any moment.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Model</c>.</param>
    /// <param name="model">The model to save.</param>
    /// <param name="inputSchema">Schema of the data that the model reads; may be null, then whoever loads the model gets none.</param>
    /// <param name="filePath">The file, new or to be replaced; its folder must exist.</param>
    /// <remarks>
    /// <c>mlContext.Model.Save</c> empties the old file before it writes, so a full disk or a process that ends costs the old model. Here the model is
    /// written to a temporary file in the same folder, which is then moved over the old one. On failure the temporary file is removed; what a process left
    /// that was killed goes with the next save. A symbolic link is written through; the permissions of the old file are kept, and on Unix its owner and group,
    /// where the process may give the file to them; watchers such as those of <c>PredictionEnginePool</c> are told of a change. Trained weights, which hardly
    /// shrink, are not compressed, so that they load several times faster. Load the model with <c>mlContext.Model.Load</c>.
    /// </remarks>
    /// <exception cref="IOException">The file cannot be written; an old one is unchanged.</exception>
    public static void SaveAtomically(this ModelOperationsCatalog catalog, ITransformer model, DataViewSchema? inputSchema, string filePath)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(filePath);

        AtomicFile.Write(filePath, stream =>
        {
            using var compressed = AtomicFile.OpenTemporary(filePath);
            catalog.Save(model, inputSchema, compressed);
            compressed.Position = 0;
            WeightStoring.Copy(compressed, stream);
        });
    }
}
